package io.cloudland.callback.store;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link EventStore} promises of the open deliveries and ended attempts that its {@link DeliveryRecords} tell. */
public abstract class DeliveryLogContract extends DeliveryRecordsContract {

    @Test
    void open_deliveries_are_found_by_each_of_their_traits_in_order_of_acceptance() {
        ResourceChangeEvent first = accept("a", 3, "running");
        ResourceChangeEvent second = accept("b", 1, "running");
        ResourceChangeEvent third = accept("a", 2, "running");
        await(store.retryAt(open("b", 1).get(0), endedNow(1, UNAVAILABLE), time.now()));

        assertThat(openIds(DeliveryFilter.all(), 10)).containsExactly(id(first), id(second), id(third));
        assertThat(openIds(DeliveryFilter.all(), 2)).containsExactly(id(first), id(second));
        assertThat(openIds(open(id(third), null, null, null), 10)).containsExactly(id(third));
        assertThat(openIds(open(null, "a", null, null), 10)).containsExactly(id(first), id(third));
        assertThat(openIds(open(null, null, 1L, null), 10)).containsExactly(id(second));
        assertThat(openIds(open(null, null, null, true), 10)).containsExactly(id(second));
        assertThat(openIds(open(null, null, null, false), 10)).containsExactly(id(first), id(third));
        assertThat(openIds(open(null, "nobody", null, null), 10)).isEmpty();
    }

    @Test
    void the_first_open_deliveries_of_many_slots_are_the_first_accepted() {
        List<String> accepted = IntStream.rangeClosed(1, CAPACITY)
                .mapToObj(i -> id(accept("a", i * 37L % 101, "running")))
                .toList();

        assertThat(openIds(DeliveryFilter.all(), 30)).containsExactlyElementsOf(accepted.subList(0, 30));
    }

    private List<String> openIds(DeliveryFilter filter, int limit) {
        return await(records().deliveries(filter, limit)).stream()
                .map(delivery -> id(delivery.event()))
                .toList();
    }

    private static String id(ResourceChangeEvent event) {
        return event.id().value();
    }

    private static DeliveryFilter open(String eventId, String endpoint, Long resourceId, Boolean tried) {
        return new DeliveryFilter(
                Optional.ofNullable(eventId),
                Optional.ofNullable(endpoint),
                Optional.ofNullable(resourceId).map(id -> ResourceType.INSTANCE),
                resourceId == null ? OptionalLong.empty() : OptionalLong.of(resourceId),
                Optional.ofNullable(tried));
    }

    @Test
    void every_ended_attempt_is_in_the_log_newest_first() {
        ResourceChangeEvent event = accept("a", 1, "running");
        await(store.retryAt(open("a", 1).get(0), endedNow(1, UNAVAILABLE), time.now()));
        time.advance(Duration.ofSeconds(5));
        Attempt last = endedNow(2, OK);
        await(store.delivered(open("a", 1).get(0), last));
        acceptAndDie("b", 2, "running", "why");

        List<LoggedAttempt> log = await(records().attempts(AttemptFilter.all(), 10));

        assertThat(log)
                .extracting(LoggedAttempt::became)
                .containsExactly(DeliveryState.DEAD, DeliveryState.DELIVERED, DeliveryState.WAITING_FOR_RETRY);
        assertThat(log.get(1))
                .isEqualTo(new LoggedAttempt(id(event), "a", instance(1), 1, last, DeliveryState.DELIVERED));
        assertThat(await(records().attempts(AttemptFilter.all(), 1))).containsExactly(log.get(0));
    }

    @Test
    void logged_attempts_are_found_by_each_of_their_traits() {
        Instant start = time.now();
        ResourceChangeEvent first = acceptAndDie("a", 1, "running", "why");
        accept("b", 2, "running");
        Instant second = time.now();
        await(store.delivered(open("b", 2).get(0), endedNow(1, OK)));

        assertThat(resources(logged(id(first), null, null, null, null, null))).containsExactly(1L);
        assertThat(resources(logged(null, "b", null, null, null, null))).containsExactly(2L);
        assertThat(resources(logged(null, null, 2L, null, null, null))).containsExactly(2L);
        assertThat(resources(logged(null, null, null, second, null, null))).containsExactly(2L);
        assertThat(resources(logged(null, null, null, start, second, null))).containsExactly(1L);
        assertThat(resources(logged(null, null, null, null, null, true))).containsExactly(2L);
        assertThat(resources(logged(null, null, null, null, null, false))).containsExactly(1L);
        assertThat(resources(AttemptFilter.all())).containsExactly(2L, 1L);
    }

    private List<Long> resources(AttemptFilter filter) {
        return await(records().attempts(filter, 10)).stream()
                .map(logged -> logged.resource().id())
                .toList();
    }

    private static AttemptFilter logged(
            String eventId, String endpoint, Long resourceId, Instant from, Instant before, Boolean succeeded) {
        return new AttemptFilter(
                Optional.ofNullable(eventId),
                Optional.ofNullable(endpoint),
                Optional.ofNullable(resourceId).map(id -> ResourceType.INSTANCE),
                resourceId == null ? OptionalLong.empty() : OptionalLong.of(resourceId),
                Optional.ofNullable(from),
                Optional.ofNullable(before),
                Optional.ofNullable(succeeded));
    }

    @Test
    void an_attempt_of_a_delivery_that_has_ended_already_is_not_logged() {
        accept("a", 1, "running");
        Delivery delivery = open("a", 1).get(0);
        await(store.delivered(delivery, endedNow(1, OK)));
        await(store.delivered(delivery, endedNow(1, OK)));
        await(store.dead(delivery, endedNow(1, REFUSED), "late"));

        assertThat(resources(AttemptFilter.all())).hasSize(1);
    }

    @Test
    void the_log_is_bounded_by_size_and_the_newest_stay() {
        long max = 60_000;
        reopen(new Retention(0, Duration.ZERO, Long.MAX_VALUE, Duration.ZERO, max));
        for (int i = 1; i <= 600; i++) {
            accept("a", i, "running");
            await(store.delivered(open("a", i).get(0), endedNow(1, new AttemptOutcome.Answered(200, "x".repeat(200)))));
        }

        List<LoggedAttempt> log = await(records().attempts(AttemptFilter.all(), 1_000));
        assertThat(log).hasSizeBetween(50, 250);
        assertThat(log.get(0).resource().id()).isEqualTo(600);
        assertThat(log.get(log.size() - 1).resource().id()).isEqualTo(601 - log.size());
    }

    @Test
    void the_log_forgets_what_is_too_old() {
        reopen(new Retention(10, Duration.ZERO, Long.MAX_VALUE, Duration.ofDays(7), 1 << 20));
        acceptAndDie("a", 1, "running", "old");
        time.advance(Duration.ofDays(6));
        acceptAndDie("a", 2, "running", "young");
        assertThat(resources(AttemptFilter.all())).containsExactly(2L, 1L);

        time.advance(Duration.ofDays(2));
        accept("a", 3, "running");

        assertThat(resources(AttemptFilter.all())).containsExactly(2L);
    }

    @Test
    void a_log_of_no_bytes_is_no_log() {
        reopen(new Retention(10, Duration.ZERO, Long.MAX_VALUE, Duration.ofDays(7), 0));
        acceptAndDie("a", 1, "running", "why");

        assertThat(resources(AttemptFilter.all())).isEmpty();
        assertThat(store.stats().logDropped()).isZero();
    }
}
