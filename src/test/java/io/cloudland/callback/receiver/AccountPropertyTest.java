package io.cloudland.callback.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever comes in whatever order, the account agrees with a naive count over everything that came. */
class AccountPropertyTest {

    @Property(tries = 500)
    void any_interleaving_with_repeats_is_counted_right(@ForAll("arrivals") List<Integer> sequences) {
        Account account = new Account();
        Set<Integer> taken = new HashSet<>();
        int highest = 0;
        long duplicates = 0;
        long outOfOrder = 0;
        for (int sequence : sequences) {
            account.take(arrival(sequence));
            if (!taken.add(sequence)) {
                duplicates++;
            } else if (sequence < highest) {
                outOfOrder++;
            }
            highest = Math.max(highest, sequence);
        }
        Report report = account.report();
        assertThat(report.received()).isEqualTo(sequences.size());
        assertThat(report.unique()).isEqualTo(taken.size());
        assertThat(report.duplicate()).isEqualTo(duplicates);
        assertThat(report.outOfOrder()).isEqualTo(outOfOrder);
        assertThat(report.missing()).isEqualTo(highest - taken.size());
        assertThat(report.chainBreaks()).isZero();
    }

    @Property(tries = 300)
    void whatever_stands_for_whatever_each_number_is_taken_coalesced_or_missing(
            @ForAll("arrivals") List<Integer> sequences, @ForAll @IntRange(min = 0, max = 30) int reach) {
        Account account = new Account();
        Set<Integer> taken = new HashSet<>();
        Set<Integer> settled = new HashSet<>();
        int highest = 0;
        for (int sequence : sequences) {
            int from = Math.max(1, sequence - reach);
            account.take(arrival(sequence, from));
            taken.add(sequence);
            for (int covered = from; covered < sequence; covered++) {
                settled.add(covered);
            }
            highest = Math.max(highest, sequence);
        }
        settled.addAll(taken);
        assertThat(account.report().missing()).isEqualTo(highest - settled.size());
    }

    private static Arrival arrival(int sequence, int coalescedFrom) {
        return new Arrival(
                Optional.of("evt-" + sequence),
                Optional.of("instance/1"),
                Optional.of("epoch"),
                sequence,
                Optional.of("status-" + sequence),
                Optional.empty(),
                coalescedFrom,
                coalescedFrom == 0 ? 0 : sequence - coalescedFrom);
    }

    @Property(tries = 300)
    void any_shuffle_of_a_whole_history_ends_without_gaps(@ForAll("shuffles") List<Integer> sequences) {
        Account account = new Account();
        sequences.forEach(sequence -> account.take(arrival(sequence)));
        assertThat(account.report().missing()).isZero();
        assertThat(account.report().unique()).isEqualTo(sequences.size());
    }

    @Property(tries = 300)
    void every_break_of_the_chain_shows_once_in_whatever_order(
            @ForAll("shuffles") List<Integer> sequences, @ForAll @IntRange(min = 2, max = 40) int broken) {
        Account account = new Account();
        sequences.forEach(sequence -> account.take(
                sequence == broken ? arrival(sequence, Optional.of("something else")) : arrival(sequence)));
        assertThat(account.report().chainBreaks()).isEqualTo(broken <= sequences.size() ? 1 : 0);
    }

    @Property(tries = 20)
    void ids_are_remembered_for_a_generation_at_least(@ForAll @IntRange(min = 1, max = 5_000) int count) {
        SeenIds seen = new SeenIds(5_000);
        for (int i = 0; i < count; i++) {
            assertThat(seen.add("evt_" + i)).isTrue();
        }
        for (int i = 0; i < count; i++) {
            assertThat(seen.contains("evt_" + i)).isTrue();
            assertThat(seen.add("evt_" + i)).isFalse();
        }
    }

    private static Arrival arrival(int sequence) {
        return arrival(sequence, sequence == 1 ? Optional.empty() : Optional.of("status-" + (sequence - 1)));
    }

    private static Arrival arrival(int sequence, Optional<String> previous) {
        return new Arrival(
                Optional.of("evt-" + sequence),
                Optional.of("instance/1"),
                Optional.of("epoch"),
                sequence,
                Optional.of("status-" + sequence),
                previous);
    }

    @Provide
    Arbitrary<List<Integer>> arrivals() {
        return Arbitraries.integers().between(1, 30).list().ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<Integer>> shuffles() {
        return Arbitraries.integers()
                .between(1, 40)
                .map(n -> java.util.stream.IntStream.rangeClosed(1, n).boxed().toList())
                .flatMap(Arbitraries::shuffle);
    }
}
