package io.cloudland.callback.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SlotSharePropertyTest {

    private static final int SLOTS = 256;

    private static NodeId node(int number) {
        return new NodeId("node-" + number, "1");
    }

    private static Set<NodeId> nodes(int count) {
        return IntStream.range(0, count).mapToObj(SlotSharePropertyTest::node).collect(Collectors.toSet());
    }

    private static LeaseView view(Set<NodeId> nodes, Map<Integer, NodeId> owners) {
        return new LeaseView(nodes, owners, Map.of());
    }

    /** Every slot belongs to one of the nodes or to nobody. */
    private static Map<Integer, NodeId> anyhow(Set<NodeId> nodes, long seed) {
        Random random = new Random(seed);
        Map<Integer, NodeId> owners = new HashMap<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            int pick = random.nextInt(nodes.size() + 1);
            if (pick < nodes.size()) {
                owners.put(slot, node(pick));
            }
        }
        return owners;
    }

    @Property
    void nobody_claims_what_is_owned_or_releases_what_is_not_its_own(
            @ForAll @IntRange(min = 1, max = 9) int count, @ForAll long seed) {
        LeaseView view = view(nodes(count), anyhow(nodes(count), seed));
        for (NodeId node : view.nodes()) {
            SlotShare share = SlotShare.of(node, view, SLOTS);
            assertThat(share.claim().intersects(view.slotsOf(node))).isFalse();
            share.claim().stream().forEach(slot -> assertThat(view.owners()).doesNotContainKey(slot));
            share.release().stream().forEach(slot -> assertThat(view.owners()).containsEntry(slot, node));
        }
    }

    @Property
    void from_any_state_all_slots_are_owned_evenly_within_a_few_rounds(
            @ForAll @IntRange(min = 1, max = 9) int count, @ForAll long seed) {
        Set<NodeId> nodes = nodes(count);
        Map<Integer, NodeId> owners = anyhow(nodes, seed);
        for (int round = 0; round < 2; round++) {
            actAtOnce(nodes, owners);
        }
        for (NodeId node : nodes) {
            BitSet owned = view(nodes, owners).slotsOf(node);
            assertThat(owned.cardinality()).isBetween(SLOTS / count, SLOTS / count + 1);
        }
        assertThat(owners).hasSize(SLOTS);
    }

    /** All look at the same moment, then all act: the worst case. */
    private static void actAtOnce(Set<NodeId> nodes, Map<Integer, NodeId> owners) {
        LeaseView seen = view(nodes, owners);
        for (NodeId node : nodes) {
            SlotShare share = SlotShare.of(node, seen, SLOTS);
            share.release().stream().forEach(owners::remove);
            share.claim().stream().forEach(slot -> owners.putIfAbsent(slot, node));
        }
    }

    @Property
    void what_one_node_leaves_behind_is_owned_again_after_one_round(@ForAll @IntRange(min = 1, max = 9) int left) {
        Set<NodeId> nodes = nodes(left);
        Map<Integer, NodeId> owners = new HashMap<>();
        IntStream.range(0, SLOTS)
                .filter(slot -> slot % (left + 1) < left)
                .forEach(slot -> owners.put(slot, node(slot % (left + 1))));
        actAtOnce(nodes, owners);
        assertThat(owners).hasSize(SLOTS);
    }

    @Property
    void where_all_have_their_share_nothing_moves(@ForAll @IntRange(min = 1, max = 9) int count) {
        Set<NodeId> nodes = nodes(count);
        Map<Integer, NodeId> owners = new HashMap<>();
        IntStream.range(0, SLOTS).forEach(slot -> owners.put(slot, node(slot % count)));
        for (NodeId node : nodes) {
            SlotShare share = SlotShare.of(node, view(nodes, owners), SLOTS);
            assertThat(share.claim().isEmpty() && share.release().isEmpty()).isTrue();
        }
    }
}
