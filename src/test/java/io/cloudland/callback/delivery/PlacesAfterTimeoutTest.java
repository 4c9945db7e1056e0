package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Ordering;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.VirtualTimers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Attempts that time out together do not begin anew together. */
class PlacesAfterTimeoutTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int PLACES = 10;
    private static final Duration STEP = Duration.ofMillis(300);

    private final VirtualTimers time = new VirtualTimers();
    private final FakeSender endpoint = new FakeSender();
    private final LaneUnderTest under =
            new LaneUnderTest(new MemoryEventStore(100_000, 100_000, time), time, endpoint, PLACES, Ordering.RESOURCE);

    private void events(int count) {
        for (int id = 1; id <= count; id++) {
            under.event(instance(id));
        }
    }

    private void timeOut(int count) {
        for (int i = 0; i < count; i++) {
            endpoint.takeAny().answer().complete(new AttemptOutcome.TimedOut(TIMEOUT));
        }
    }

    @Test
    void all_places_of_a_lane_are_back_within_a_tenth_of_the_timeout() {
        assertThat(PlacesAfterTimeout.step(TIMEOUT, PLACES)).isEqualTo(STEP);
        for (int places = 1; places <= 10_000; places++) {
            assertThat(PlacesAfterTimeout.step(TIMEOUT, places).multipliedBy(places))
                    .isBetween(Duration.ofMillis(2_999), Duration.ofSeconds(3));
        }
    }

    @Test
    void the_first_place_is_filled_at_once_and_the_others_one_by_one() {
        events(30);
        timeOut(PLACES);
        assertThat(endpoint.underWay()).isEqualTo(1);
        for (int back = 2; back <= PLACES; back++) {
            time.advance(STEP.minusNanos(1));
            assertThat(endpoint.underWay()).isEqualTo(back - 1);
            time.advance(Duration.ofNanos(1));
            assertThat(endpoint.underWay()).isEqualTo(back);
        }
        time.advance(Duration.ofSeconds(1));
        assertThat(endpoint.underWay()).as("no more than there are places").isEqualTo(PLACES);
    }

    @Test
    void those_that_began_one_by_one_and_so_end_one_by_one_wait_no_more() {
        events(40);
        timeOut(PLACES);
        time.advance(TIMEOUT);
        for (int ended = 0; ended < PLACES; ended++) {
            timeOut(1);
            assertThat(endpoint.underWay()).isEqualTo(PLACES);
            time.advance(STEP);
        }
    }

    @Test
    void one_that_times_out_alone_is_followed_at_once() {
        events(12);
        timeOut(1);
        assertThat(endpoint.underWay()).isEqualTo(PLACES);
    }

    @Test
    void what_was_answered_gives_its_place_back_at_once_even_while_others_wait() {
        events(30);
        timeOut(5);
        assertThat(endpoint.underWay()).isEqualTo(6);
        for (int answered = 0; answered < 3; answered++) {
            endpoint.takeAny().answers(500);
        }
        assertThat(endpoint.underWay()).isEqualTo(6);
        time.advance(STEP.multipliedBy(4));
        assertThat(endpoint.underWay()).isEqualTo(PLACES);
    }

    @Test
    void a_lane_is_at_rest_while_places_wait_and_starts_nothing_once_it_is_closed() {
        events(12);
        under.lane.stopLaunching();
        timeOut(PLACES);
        assertThat(under.lane.isAtRest()).isTrue();
        under.close();
        assertThat(time.scheduled()).isZero();
        time.advance(TIMEOUT);
        assertThat(endpoint.underWay()).isZero();
    }
}
