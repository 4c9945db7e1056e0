package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.cloudland.callback.time.VirtualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Many resources that wait until they are due, by one timer. */
class RetryWaitsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTimers time = new VirtualTimers();
    private final List<Duration> scheduled = new ArrayList<>();
    private final List<List<String>> woken = new ArrayList<>();
    private final RetryWaits waits = waits(time::nanoTime);

    private RetryWaits waits(LongSupplier nanos) {
        Timers counting = (delay, action) -> {
            scheduled.add(delay);
            return time.schedule(delay, action);
        };
        return new RetryWaits(counting, clock(nanos), due -> {
            assertThat(due).noneMatch(ResourceQueue::isWaiting);
            woken.add(due.stream().map(queue -> queue.line().toString()).toList());
        });
    }

    private TimeSource clock(LongSupplier nanos) {
        return new TimeSource() {
            @Override
            public Instant now() {
                return time.now();
            }

            @Override
            public long nanoTime() {
                return nanos.getAsLong();
            }
        };
    }

    private static ResourceQueue queue(String name) {
        return new ResourceQueue(name, instance(1));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void each_is_woken_when_it_is_due_and_not_before_whatever_order_they_came_in() {
        ResourceQueue late = queue("late");
        waits.add(queue("middle"), seconds(5));
        waits.add(late, seconds(9));
        waits.add(queue("soon"), seconds(2));

        time.advance(seconds(2).minusNanos(1));
        assertThat(woken).isEmpty();
        time.advance(Duration.ofNanos(1));
        assertThat(woken).containsExactly(List.of("soon"));
        time.advance(seconds(3));
        assertThat(woken).containsExactly(List.of("soon"), List.of("middle"));
        assertThat(late.isWaiting()).isTrue();
        time.advance(seconds(4));
        assertThat(woken).hasSize(3).last().isEqualTo(List.of("late"));
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void a_wait_begins_when_it_is_asked_for() {
        time.advance(seconds(1_000));
        waits.add(queue("one"), seconds(5));
        time.advance(seconds(5).minusNanos(1));
        assertThat(woken).isEmpty();
        time.advance(Duration.ofNanos(1));
        assertThat(woken).hasSize(1);
    }

    @Test
    void those_that_are_due_together_are_woken_together_by_one_timer() {
        for (int i = 0; i < 1_000; i++) {
            waits.add(queue("q" + i), seconds(i % 2 == 0 ? 5 : 6));
        }
        assertThat(scheduled).containsExactly(seconds(5));

        time.advance(seconds(6));
        assertThat(woken).extracting(List::size).containsExactly(500, 500);
        assertThat(scheduled).containsExactly(seconds(5), SECOND);
    }

    @Test
    void one_that_is_due_sooner_takes_the_timer_from_the_others() {
        waits.add(queue("late"), seconds(60));
        waits.add(queue("soon"), seconds(1));
        assertThat(time.scheduled()).isEqualTo(1);
        time.advance(SECOND);
        assertThat(woken).containsExactly(List.of("soon"));
        assertThat(time.scheduled()).isEqualTo(1);
    }

    @Test
    void the_monotonic_clock_may_go_over_the_end_of_its_numbers_meanwhile() {
        long start = Long.MAX_VALUE - seconds(7).toNanos();
        RetryWaits beyond = waits(() -> start + time.nanoTime());
        beyond.add(queue("behind the end"), seconds(10));
        beyond.add(queue("before the end"), seconds(5));
        beyond.add(queue("far behind the end"), seconds(20));

        time.advance(seconds(5));
        assertThat(woken).containsExactly(List.of("before the end"));
        time.advance(seconds(5));
        assertThat(woken).last().isEqualTo(List.of("behind the end"));
        time.advance(seconds(10));
        assertThat(woken).hasSize(3);
    }

    @Test
    void whoever_is_woken_may_wait_again_at_once() {
        List<ResourceQueue> again = new ArrayList<>();
        RetryWaits[] own = new RetryWaits[1];
        own[0] = new RetryWaits(time, time, due -> {
            again.addAll(due);
            own[0].add(due.get(0), seconds(3));
        });
        own[0].add(queue("one"), seconds(1));
        time.advance(seconds(10));
        assertThat(again).hasSize(4);
        assertThat(time.scheduled()).isEqualTo(1);
    }

    @Test
    void whatever_those_that_are_woken_do_the_others_are_woken() {
        List<String> heard = new ArrayList<>();
        RetryWaits own = new RetryWaits(time, time, due -> {
            heard.add(due.get(0).line().toString());
            throw new IllegalStateException("boom");
        });
        own.add(queue("one"), seconds(1));
        own.add(queue("two"), seconds(2));
        assertThatThrownBy(() -> time.advance(seconds(1))).hasMessage("boom");
        assertThatThrownBy(() -> time.advance(seconds(2))).hasMessage("boom");
        assertThat(heard).containsExactly("one", "two");
    }

    @Test
    void no_timer_is_asked_for_a_time_that_has_passed() {
        long[] nanos = {0};
        RetryWaits slow = waits(() -> nanos[0] += 1_000_000); // Each look at the clock takes a millisecond.
        slow.add(queue("one"), Duration.ZERO);
        assertThat(scheduled).containsExactly(Duration.ZERO);
    }

    @Test
    void nobody_that_waited_at_a_close_is_woken_any_more() {
        waits.add(queue("before"), seconds(5));
        waits.close();
        assertThat(time.scheduled()).isZero();

        waits.add(queue("after"), seconds(9));
        time.advance(seconds(20));
        assertThat(woken).containsExactly(List.of("after"));
    }
}
