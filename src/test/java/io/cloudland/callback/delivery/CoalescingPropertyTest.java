package io.cloudland.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.delivery.Coalescing.Merge;
import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.Samples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever waits, what is merged keeps the order and the account. */
class CoalescingPropertyTest {

    private record Kind(String status, Action action, int attemptsMade, long sequenceShift, boolean otherEpoch) {

        boolean isLandmark() {
            return Set.of("error", "ERROR", "resize_failed", "deleted").contains(status)
                    || action == Action.CREATED
                    || action == Action.DELETED;
        }
    }

    private static Delivery delivery(long position, Kind kind) {
        ResourceChangeEvent event = new ResourceChangeEvent(
                new EventId("evt_" + position),
                Samples.change(Samples.instance(1), kind.status(), kind.action()),
                Optional.empty(),
                Math.max(1, position + kind.sequenceShift()),
                kind.otherEpoch() ? "other" : "epoch",
                Samples.AT);
        Delivery whole =
                new Delivery(position, event, "default", Samples.payload("{}"), kind.attemptsMade(), Samples.AT);
        return position % 7 == 0 ? whole.withCoalesced(new Coalesced(2, 1)) : whole;
    }

    private static List<Delivery> line(List<Kind> kinds) {
        List<Delivery> line = new ArrayList<>();
        kinds.forEach(kind -> line.add(delivery(line.size() + 1L, kind)));
        return line;
    }

    @Property(tries = 1_000)
    void nothing_that_must_go_out_is_merged_away(@ForAll("kinds") List<Kind> kinds) {
        for (Merge merge : Coalescing.of(line(kinds))) {
            assertThat(merge.merged()).isNotEmpty().allSatisfy(one -> {
                Kind kind = kinds.get((int) one.position() - 1);
                assertThat(kind.isLandmark()).isFalse();
                assertThat(kind.attemptsMade()).isZero();
            });
            assertThat(merge.standing().attemptsMade()).isZero();
        }
    }

    @Property(tries = 1_000)
    void what_is_merged_lies_right_before_the_one_that_stands_for_it_and_is_older(@ForAll("kinds") List<Kind> kinds) {
        for (Merge merge : Coalescing.of(line(kinds))) {
            long expected = merge.standing().position() - merge.merged().size();
            Delivery before = null;
            for (Delivery one : merge.merged()) {
                assertThat(one.position()).isEqualTo(expected++);
                assertThat(one.event().epoch())
                        .isEqualTo(merge.standing().event().epoch());
                assertThat(before == null
                                || before.event().sequence() < one.event().sequence())
                        .isTrue();
                before = one;
            }
            assertThat(before.event().sequence())
                    .isLessThan(merge.standing().event().sequence());
        }
    }

    @Property(tries = 1_000)
    void what_goes_out_stands_for_exactly_what_does_not(@ForAll("kinds") List<Kind> kinds) {
        List<Delivery> line = line(kinds);
        Set<Long> ended = new HashSet<>();
        for (Merge merge : Coalescing.of(line)) {
            Coalesced own = line.get((int) merge.standing().position() - 1).coalesced();
            long count = own.count();
            long from = own.isNothing() ? Long.MAX_VALUE : own.from();
            for (Delivery one : merge.merged()) {
                assertThat(ended.add(one.position())).as("merged once").isTrue();
                count += 1 + one.coalesced().count();
                from = Math.min(from, one.event().sequence());
                from = one.coalesced().isNothing()
                        ? from
                        : Math.min(from, one.coalesced().from());
            }
            assertThat(ended).doesNotContain(merge.standing().position());
            assertThat(merge.standing().coalesced()).isEqualTo(new Coalesced(count, from));
        }
    }

    @Property(tries = 1_000)
    void nothing_is_left_that_could_be_merged(@ForAll("kinds") List<Kind> kinds) {
        List<Delivery> left = line(kinds);
        for (List<Merge> merges = Coalescing.of(left); !merges.isEmpty(); merges = Coalescing.of(left)) {
            List<Delivery> after = after(left, merges);
            assertThat(after).hasSizeLessThan(left.size());
            left = after;
        }
        for (int i = 0; i + 1 < left.size(); i++) {
            Kind kind = kinds.get((int) left.get(i).position() - 1);
            Delivery next = left.get(i + 1);
            boolean mustGo = kind.isLandmark() || kind.attemptsMade() > 0;
            boolean cannotBeStoodFor = next.attemptsMade() > 0
                    || next.event().sequence() <= left.get(i).event().sequence()
                    || !next.event().epoch().equals(left.get(i).event().epoch());
            assertThat(mustGo || cannotBeStoodFor).isTrue();
        }
    }

    private static List<Delivery> after(List<Delivery> line, List<Merge> merges) {
        List<Delivery> left = new ArrayList<>();
        for (Delivery one : line) {
            if (merges.stream().noneMatch(merge -> merge.ends(one))) {
                left.add(merges.stream()
                        .map(Merge::standing)
                        .filter(standing -> standing.position() == one.position())
                        .findFirst()
                        .orElse(one));
            }
        }
        return left;
    }

    @Property(tries = 200)
    void merged_in_pieces_it_comes_to_the_same(@ForAll("plain") List<Kind> kinds) {
        List<Delivery> line = line(kinds);
        Delivery standing = line.get(0);
        for (Delivery next : line.subList(1, line.size())) {
            standing = Coalescing.of(List.of(standing, next)).get(0).standing();
        }
        if (line.size() > 1) {
            assertThat(Coalescing.of(line)).extracting(Merge::standing).containsExactly(standing);
        }
    }

    @Provide
    Arbitrary<List<Kind>> plain() {
        return Arbitraries.just(new Kind("running", Action.STATE_CHANGED, 0, 0, false))
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<Kind>> kinds() {
        Arbitrary<String> status = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, Arbitraries.of("running", "shut_off", "paused")),
                net.jqwik.api.Tuple.of(1, Arbitraries.of("error", "ERROR", "resize_failed", "deleted")));
        Arbitrary<Action> action = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(
                        8, Arbitraries.of(Action.STATE_CHANGED, Action.MIGRATED, Action.ATTACHED, Action.RESIZED)),
                net.jqwik.api.Tuple.of(1, Arbitraries.of(Action.CREATED, Action.DELETED)));
        Arbitrary<Integer> attempts = Arbitraries.frequency(net.jqwik.api.Tuple.of(9, 0), net.jqwik.api.Tuple.of(1, 2));
        Arbitrary<Long> shift = Arbitraries.frequency(net.jqwik.api.Tuple.of(9, 0L), net.jqwik.api.Tuple.of(1, -5L));
        Arbitrary<Boolean> epoch =
                Arbitraries.frequency(net.jqwik.api.Tuple.of(19, false), net.jqwik.api.Tuple.of(1, true));
        return Combinators.combine(status, action, attempts, shift, epoch)
                .as(Kind::new)
                .list()
                .ofMaxSize(25);
    }
}
