package io.cloudland.callback.store;

import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link EventStore} promises of the deliveries that it is asked for: which, in which order, how many at a time. */
public abstract class PendingContract extends EventStoreContract {

    private void append(long id, String status) {
        await(store.append(change(instance(id), status), false, ONE));
    }

    @Test
    void pending_is_in_order_of_acceptance_and_goes_on_after_a_position() {
        ResourceRef resource = instance(127);
        IntStream.range(0, 10).forEach(i -> append(127, "s" + i));

        List<Delivery> first = await(store.pending("default", resource.slot(), -1, 4));
        List<Delivery> rest =
                await(store.pending("default", resource.slot(), first.get(3).position(), 100));

        assertThat(first).extracting(delivery -> delivery.event().sequence()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(rest).extracting(delivery -> delivery.event().sequence()).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
    }

    private List<Long> sequencesOf(ResourceRef resource, long after, long upTo, int limit) {
        return await(store.pendingOf("default", resource, after, upTo, limit)).stream()
                .peek(delivery -> assertThat(delivery.resource()).isEqualTo(resource))
                .map(delivery -> delivery.event().sequence())
                .toList();
    }

    /** Another resource that shares the slot. */
    private static ResourceRef neighbourOf(ResourceRef resource) {
        return LongStream.iterate(resource.id() + 1, id -> id + 1)
                .mapToObj(Samples::instance)
                .filter(other -> other.slot() == resource.slot())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void pending_of_a_resource_is_its_own_alone_in_order_between_two_positions() {
        ResourceRef resource = instance(127);
        ResourceRef neighbour = neighbourOf(resource);
        for (int i = 0; i < 10; i++) {
            append(resource.id(), "s" + i);
            append(neighbour.id(), "s" + i);
        }
        List<Delivery> all = await(store.pendingOf("default", resource, -1, Long.MAX_VALUE, 100));

        assertThat(all).hasSize(10).isEqualTo(sorted(all));
        assertThat(sequencesOf(neighbour, -1, Long.MAX_VALUE, 3)).containsExactly(1L, 2L, 3L);
        long third = all.get(2).position();
        long seventh = all.get(6).position();
        assertThat(sequencesOf(resource, third, seventh, 100)).containsExactly(4L, 5L, 6L, 7L);
        assertThat(sequencesOf(resource, third, seventh - 1, 100)).containsExactly(4L, 5L, 6L);
        assertThat(sequencesOf(resource, third, seventh, 2)).containsExactly(4L, 5L);
        assertThat(sequencesOf(resource, seventh, third, 100)).isEmpty();
        assertThat(sequencesOf(resource, all.get(9).position(), Long.MAX_VALUE, 100))
                .isEmpty();
        assertThat(await(store.pendingOf("nobody", resource, -1, Long.MAX_VALUE, 100)))
                .isEmpty();
    }

    private static List<Delivery> sorted(List<Delivery> deliveries) {
        return deliveries.stream()
                .sorted(Comparator.comparingLong(Delivery::position))
                .toList();
    }

    @Test
    void pending_of_a_resource_leaves_out_what_ended_and_knows_of_attempts() {
        ResourceRef resource = instance(127);
        IntStream.range(0, 4).forEach(i -> append(127, "s" + i));
        List<Delivery> open = pending(resource);
        Instant due = open.get(1).notBefore().plusSeconds(5);
        await(store.delivered(open.get(0), attempt(1, new AttemptOutcome.Answered(200, ""))));
        await(store.retryAt(open.get(1), attempt(1, new AttemptOutcome.Answered(503, "")), due));
        await(store.dead(open.get(2), attempt(1, new AttemptOutcome.Answered(503, "")), "why"));

        List<Delivery> left = await(store.pendingOf("default", resource, -1, Long.MAX_VALUE, 10));

        assertThat(left).extracting(delivery -> delivery.event().sequence()).containsExactly(2L, 4L);
        assertThat(left.get(0).attemptsMade()).isEqualTo(1);
        assertThat(left.get(0).notBefore()).isEqualTo(due);
    }

    @Test
    void a_page_ends_where_its_bodies_are_large_but_holds_one_at_least() {
        Payload large = payload("x".repeat(EventStore.PAGE_BYTES * 2 / 5));
        Payload huge = payload("x".repeat(EventStore.PAGE_BYTES * 2));
        for (Payload body : List.of(large, large, large, large, huge)) {
            await(store.append(
                    change(instance(127), "running"), false, event -> List.of(new PlannedDelivery("default", body))));
        }

        List<Delivery> first = await(store.pending("default", instance(127).slot(), -1, 100));
        assertThat(first).hasSize(3);
        long fourth = await(store.pending(
                        "default", instance(127).slot(), first.get(2).position(), 1))
                .get(0)
                .position();

        assertThat(sequencesOf(instance(127), -1, Long.MAX_VALUE, 100)).containsExactly(1L, 2L, 3L);
        assertThat(sequencesOf(instance(127), fourth, Long.MAX_VALUE, 100)).containsExactly(5L);
        assertThat(await(store.pending("default", instance(127).slot(), fourth, 100)))
                .hasSize(1);
    }

    @Test
    void pending_is_apart_by_endpoint() {
        await(store.append(
                change(instance(127), "running"),
                false,
                event -> List.of(new PlannedDelivery("a", payload("A")), new PlannedDelivery("b", payload("B")))));

        assertThat(await(store.pending("a", instance(127).slot(), -1, 10))).hasSize(1);
        Delivery ofB = await(store.pending("b", instance(127).slot(), -1, 10)).get(0);
        await(store.delivered(ofB, attempt(1, new AttemptOutcome.Answered(200, ""))));

        assertThat(await(store.pending("a", instance(127).slot(), -1, 10))).hasSize(1);
        assertThat(await(store.pending("b", instance(127).slot(), -1, 10))).isEmpty();
    }

    @Test
    void endpoints_that_share_a_body_keep_it_when_another_has_got_it_and_those_between_keep_their_own() {
        Payload shared = payload("shared");
        await(store.append(
                change(instance(127), "running"),
                false,
                event -> List.of(
                        new PlannedDelivery("a", shared),
                        new PlannedDelivery("b", payload("own")),
                        new PlannedDelivery("c", shared))));
        Delivery ofA = await(store.pending("a", instance(127).slot(), -1, 10)).get(0);
        await(store.delivered(ofA, attempt(1, new AttemptOutcome.Answered(200, ""))));

        assertThat(bodiesOf("a")).isEmpty();
        assertThat(bodiesOf("b")).containsExactly("own");
        assertThat(bodiesOf("c")).containsExactly("shared");
    }

    private List<String> bodiesOf(String endpoint) {
        return await(store.pending(endpoint, instance(127).slot(), -1, 10)).stream()
                .map(delivery -> new String(delivery.payload().body(), StandardCharsets.UTF_8))
                .toList();
    }
}
