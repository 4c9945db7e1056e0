package io.cloudland.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Lanes that want whatever they get, woken when they were told to come or a little later, while the limits change. */
class RateLimitPropertyTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /** A limit of a stretch of time. */
    private record Limit(long from, int perSecond, long perMinute) {
        double nanosPerToken() {
            return Math.max(perSecond == 0 ? 0 : 1e9 / perSecond, perMinute == 0 ? 0 : 60e9 / perMinute);
        }
    }

    private static final class Run {
        final Random random;
        final RateLimit rate = new RateLimit();
        final List<Limit> limits = new ArrayList<>();
        final List<Long> taken = new ArrayList<>();
        final long[] next;
        final int[] byLane;
        final boolean late;
        long now;

        Run(long seed, int lanes, boolean late) {
            random = new Random(seed);
            next = new long[lanes];
            byLane = new int[lanes];
            this.late = late;
        }

        void change(int perSecond, long perMinute) {
            rate.keep(perSecond, perMinute, now);
            limits.add(new Limit(now, perSecond, perMinute));
        }

        /** Time goes on to the next lane that comes, by whole milliseconds as timers do. */
        void until(long end) {
            while (true) {
                int lane = 0;
                for (int other = 1; other < next.length; other++) {
                    lane = next[other] < next[lane] ? other : lane;
                }
                if (next[lane] >= end) {
                    now = end;
                    return;
                }
                now = Math.max(now, next[lane]);
                comes(lane);
            }
        }

        private void comes(int lane) {
            long wait = rate.waitNanos(lane, now);
            while (wait == 0) {
                rate.take(lane, now);
                byLane[lane]++;
                taken.add(now);
                wait = rate.waitNanos(lane, now);
            }
            long rounded = (wait + MILLI - 1) / MILLI * MILLI;
            next[lane] = now + rounded + (late ? random.nextInt(3) * MILLI : 0);
        }

        /** How many may have been taken from one moment to another, both included, at each limit's own pace. */
        double allowed(long from, long to) {
            double tokens = 0;
            for (int i = 0; i < limits.size(); i++) {
                long ends = i + 1 < limits.size() ? limits.get(i + 1).from() : Long.MAX_VALUE;
                long overlap = Math.min(to, ends) - Math.max(from, limits.get(i).from());
                tokens += overlap > 0 ? overlap / limits.get(i).nanosPerToken() : 0;
            }
            return tokens;
        }
    }

    @Property(tries = 150)
    void the_rate_is_kept_through_any_change_and_none_starves(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int lanes) {
        Run run = new Run(seed, lanes, true);
        long most = 0;
        for (int change = 0; change < 6; change++) {
            int perSecond = run.random.nextInt(3) == 0 ? 1 + run.random.nextInt(5) : 1 + run.random.nextInt(200);
            long perMinute = run.random.nextBoolean() ? 0 : 1 + run.random.nextInt(6_000);
            run.change(perSecond, perMinute);
            most = Math.max(most, TokenBucket.capacity(perSecond));
            run.until(run.now + run.random.nextInt(3_000) * MILLI);
        }

        for (int from = 0; from < run.taken.size(); from++) {
            for (int to = from; to < run.taken.size(); to++) {
                double allowed = most + run.allowed(run.taken.get(from), run.taken.get(to));
                assertThat(to - from + 1.0).isLessThanOrEqualTo(allowed + 1e-3);
            }
        }
    }

    @Property(tries = 150)
    void whoever_waits_gets_its_turn_and_together_they_get_the_rate(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 8) int lanes,
            @ForAll @IntRange(min = 1, max = 2_000) int perSecond,
            @ForAll boolean late) {
        Run run = new Run(seed, lanes, late);
        run.change(perSecond, 0);
        run.until(run.now + 60 * SECOND);

        double whole = 60.0 * perSecond;
        double leastTogether =
                late ? 0.85 : 0.9; // A timer is late by 3 ms at most, of which 20 a second go to no store.
        assertThat((double) run.taken.size()).isGreaterThanOrEqualTo(whole * leastTogether - 2);
        for (int count : run.byLane) {
            assertThat(count).as("of " + run.taken.size()).isGreaterThanOrEqualTo(run.taken.size() / lanes / 5);
        }
    }

    @Property(tries = 100)
    void a_fraction_of_one_a_second_is_kept_and_used_up(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 59) int perMinute) {
        Run run = new Run(seed, 3, true);
        run.change(0, perMinute);
        run.until(run.now + 600 * SECOND);

        assertThat(run.taken.size()).isBetween(10 * perMinute - perMinute / 2 - 1, 10 * perMinute + 1);
        assertThat(run.byLane).doesNotContain(0);
    }
}
