package io.cloudland.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class TokenBucketPropertyTest {

    private static final double SECOND = 1e9;

    /** Takes whenever there is a token, waiting as long as it is told or the given pause; returns when each was taken. */
    private static List<Long> taken(int perSecond, long start, List<Integer> pausesMicros) {
        List<Long> at = new ArrayList<>();
        TokenBucket bucket = TokenBucket.of(perSecond, start);
        long now = start;
        for (int pause : pausesMicros) {
            now += bucket.waitNanos(now);
            assertThat(bucket.waitNanos(now)).isZero();
            bucket = bucket.taken(now);
            at.add(now);
            now += pause * 1_000L;
        }
        return at;
    }

    /** {@code start} goes over the end of the numbers, as a monotonic clock may. */
    @Property(tries = 300)
    void in_no_stretch_of_time_more_is_taken_than_the_rate_and_what_was_in_store(
            @ForAll @IntRange(min = 1, max = 1_000_000) int perSecond,
            @ForAll @LongRange(min = Long.MAX_VALUE - 1_000_000_000L, max = Long.MAX_VALUE) long start,
            @ForAll @Size(min = 1, max = 150) List<@IntRange(min = 0, max = 300_000) Integer> pauses) {
        List<Long> at = taken(perSecond, start, pauses);

        for (int from = 0; from < at.size(); from++) {
            for (int to = from; to < at.size(); to++) {
                double allowed = TokenBucket.capacity(perSecond) + (at.get(to) - at.get(from)) / SECOND * perSecond;
                assertThat(to - from + 1.0).isLessThanOrEqualTo(allowed + 1e-6);
            }
        }
    }

    @Property(tries = 300)
    void who_takes_whatever_there_is_gets_the_whole_rate(
            @ForAll @IntRange(min = 1, max = 100_000) int perSecond, @ForAll long start) {
        List<Long> at = taken(perSecond, start, java.util.Collections.nCopies(1_000, 0));

        double seconds = (at.get(999) - at.get(0)) / SECOND;
        assertThat(seconds * perSecond).isLessThanOrEqualTo(1_000 * 1.001 + 1);
    }

    @Property(tries = 300)
    void a_rest_fills_it_up_to_its_capacity_and_no_further(
            @ForAll @IntRange(min = 1, max = 100_000) int perSecond,
            @ForAll @LongRange(min = 0, max = 1L << 60) long restNanos) {
        TokenBucket bucket = TokenBucket.of(perSecond, 0);
        long now = restNanos;
        long atOnce = 0;
        while (bucket.waitNanos(now) == 0) {
            bucket = bucket.taken(now);
            atOnce++;
        }

        assertThat(atOnce).isEqualTo(TokenBucket.capacity(perSecond));
    }

    /** Whoever takes all there is, after any rest, and however late it comes. */
    @Property(tries = 200)
    void in_no_minute_more_is_taken_than_a_minute_allows(
            @ForAll @LongRange(min = 1, max = 30_000) long perMinute,
            @ForAll @LongRange(min = 0, max = 1L << 40) long rest,
            @ForAll @IntRange(min = 0, max = 50) int lateMillis) {
        TokenBucket bucket = TokenBucket.ofMinute(perMinute, 0);
        List<Long> at = new ArrayList<>();
        long now = rest;
        while (at.size() < Math.min(2 * perMinute + 2, 5_000)) {
            now += bucket.waitNanos(now) + (at.size() % 7 == 0 ? lateMillis * 1_000_000L : 0);
            bucket = bucket.taken(now);
            at.add(now);
        }
        int first = 0;
        for (int i = 0; i < at.size(); i++) {
            while (at.get(i) - at.get(first) >= 60_000_000_000L) {
                first++;
            }
            assertThat(i - first + 1L).isLessThanOrEqualTo(perMinute);
        }
    }

    @Property(tries = 300)
    void of_two_limits_the_smaller_is_kept(
            @ForAll @IntRange(min = 0, max = 1_000_000) int perSecond,
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long perMinute) {
        TokenBucket bucket = TokenBucket.ofBoth(perSecond, perMinute, 0);
        if (perSecond == 0 && perMinute == 0) {
            assertThat(bucket).isNull();
            return;
        }
        double most = Math.min(perSecond == 0 ? 1e18 : perSecond, perMinute == 0 ? 1e18 : perMinute / 60.0);
        assertThat(SECOND / bucket.intervalNanos()).isLessThanOrEqualTo(Math.max(most, 1e-9) * 1.000001);
    }

    /** A whole number of seconds' worth in a minute lies within a few of the other limit, where rounding decides. */
    @Property(tries = 300)
    void two_limits_that_are_close_to_each_other_are_both_kept(
            @ForAll @IntRange(min = 1, max = 300) int perSecond, @ForAll @IntRange(min = -130, max = 130) int more) {
        long perMinute = Math.max(1, perSecond * 60L + more);
        TokenBucket bucket = TokenBucket.ofBoth(perSecond, perMinute, 0);
        List<Long> at = new ArrayList<>();
        for (long now = 0; at.size() < 2 * perMinute; ) {
            now += bucket.waitNanos(now);
            bucket = bucket.taken(now);
            at.add(now);
        }

        assertThat(mostIn(60, at)).as("in a minute").isLessThanOrEqualTo((int) perMinute);
        double seconds = (at.get(at.size() - 1) - at.get(0)) / SECOND;
        assertThat((double) at.size())
                .as("by the second")
                .isLessThanOrEqualTo(TokenBucket.capacity(perSecond) + seconds * perSecond + 1e-6);
        double slower = Math.min(perSecond, perMinute / 60.0);
        assertThat(seconds * slower).as("what is allowed is given").isLessThanOrEqualTo(at.size() * 1.12 + 1);
    }

    private static int mostIn(int seconds, List<Long> at) {
        int most = 0;
        int first = 0;
        for (int i = 0; i < at.size(); i++) {
            while (at.get(i) - at.get(first) >= seconds * 1_000_000_000L) {
                first++;
            }
            most = Math.max(most, i - first + 1);
        }
        return most;
    }

    @Property(tries = 300)
    void a_change_of_the_rate_leaves_no_more_tokens_than_there_were_and_no_longer_a_wait_than_the_new_one_has(
            @ForAll @IntRange(min = 1, max = 2_000) int before,
            @ForAll @IntRange(min = 1, max = 2_000) int after,
            @ForAll @IntRange(min = 0, max = 300) int taken,
            @ForAll @LongRange(min = 0, max = 2_000_000_000L) long rest) {
        TokenBucket old = TokenBucket.of(before, 0);
        for (int i = 0; i < taken && old.waitNanos(0) == 0; i++) {
            old = old.taken(0);
        }
        TokenBucket changed = TokenBucket.of(after, rest).after(old, rest);

        assertThat(inStore(changed, rest)).isLessThanOrEqualTo(inStore(old, rest));
        assertThat(changed.waitNanos(rest)).isLessThanOrEqualTo(changed.intervalNanos());
        assertThat(inStore(changed, rest))
                .isGreaterThanOrEqualTo(Math.min(inStore(old, rest), TokenBucket.capacity(after)));
    }

    private static long inStore(TokenBucket bucket, long now) {
        long count = 0;
        for (TokenBucket left = bucket; left.waitNanos(now) == 0; left = left.taken(now)) {
            count++;
        }
        return count;
    }
}
