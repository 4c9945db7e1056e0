package io.cloudland.callback.admin;

import static io.cloudland.callback.admin.AdminSamples.deadLetter;
import static io.cloudland.callback.admin.AdminSamples.delivery;
import static io.cloudland.callback.admin.AdminSamples.logged;
import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.ResourceType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is asked of the API and changes nothing: each list with its filters, and every problem of a question at once. */
class ApiTest extends AskedApi {

    @Test
    void stats_are_the_counts_of_the_service() {
        control.open.add(delivery("evt_1", instance(1), 0));
        assertThat(get("stats")).isEqualTo(control.counts());
        assertThat(get("stats").getInteger("pending")).isEqualTo(1);
    }

    @Test
    void deliveries_tell_state_attempts_and_when_the_next_is_due() {
        control.open.add(delivery("evt_1", instance(127), 0));
        control.open.add(delivery("evt_2", instance(127), 2));
        JsonArray deliveries = get("deliveries").getJsonArray("deliveries");
        assertThat(deliveries.getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("event_id", "evt_1")
                        .put("endpoint", "default")
                        .put("resource", "instance/127")
                        .put("resource_type", "instance")
                        .put("resource_id", 127L)
                        .put("resource_uuid", "550e8400-e29b-41d4-a716-000000000127")
                        .put("command", "action_vm")
                        .put("action", "state_changed")
                        .put("status", "running")
                        .put("previous_status", "pending")
                        .put("sequence", 2L)
                        .put("epoch", "epoch-1")
                        .put("occurred_at", "2025-10-30T10:30:00Z")
                        .put("recorded_at", "2025-10-30T10:30:00Z")
                        .put("state", "pending")
                        .put("attempts_made", 0)
                        .put("next_attempt_at", "2025-10-30T10:30:05Z"));
        assertThat(deliveries.getJsonObject(1).getString("state")).isEqualTo("waiting_for_retry");
    }

    @Test
    void deliveries_are_filtered() {
        get("deliveries", "event", "e", "endpoint", "default", "resource", "volume/7", "state", "waiting_for_retry");
        assertThat(control.filters)
                .containsExactly(new DeliveryFilter(
                        Optional.of("e"),
                        Optional.of("default"),
                        Optional.of(ResourceType.VOLUME),
                        OptionalLong.of(7),
                        Optional.of(true)));
    }

    @Test
    void dead_letters_tell_the_last_attempt_and_the_reason_but_no_body() {
        control.dead.add(deadLetter("evt_1", instance(127), "no attempts left: HTTP 503"));
        JsonObject letter = get("dead-letters").getJsonArray("dead_letters").getJsonObject(0);
        assertThat(letter.getString("died_at")).isEqualTo("2025-10-30T10:31:00Z");
        assertThat(letter.getString("reason")).isEqualTo("no attempts left: HTTP 503");
        assertThat(letter.getInteger("attempts_made")).isEqualTo(4);
        assertThat(letter.getJsonObject("last_attempt"))
                .isEqualTo(new JsonObject()
                        .put("number", 4)
                        .put("started_at", "2025-10-30T10:30:00Z")
                        .put("took_ms", 12L)
                        .put("outcome", "HTTP 503")
                        .put("http_status", 503)
                        .put("excerpt", "try later"));
        assertThat(letter.containsKey("body")).isFalse();
    }

    @Test
    void dead_letters_are_filtered() {
        get(
                "dead-letters",
                "type",
                "instance",
                "status",
                "running",
                "since",
                "2026-11-24T10:20:36+01:00",
                "until",
                "2026-11-24T10:00:00Z",
                "reason",
                "503");
        assertThat(control.filters)
                .containsExactly(new DeadLetterFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(ResourceType.INSTANCE),
                        OptionalLong.empty(),
                        Optional.of("running"),
                        Optional.of(Instant.parse("2026-11-24T09:20:36Z")),
                        Optional.of(Instant.parse("2026-11-24T10:00:00Z")),
                        Optional.of("503")));
    }

    @Test
    void one_dead_letter_is_shown_whole() {
        control.dead.add(deadLetter("evt_1", instance(127), "HTTP 503"));
        control.dead.add(deadLetter("evt_2", instance(127), "HTTP 503"));
        JsonArray letters = get("dead-letters/evt_2").getJsonArray("dead_letters");
        assertThat(letters).hasSize(1);
        assertThat(letters.getJsonObject(0).getString("event_id")).isEqualTo("evt_2");
        assertThat(letters.getJsonObject(0).getString("body")).isEqualTo(AdminSamples.BODY);
        assertThat(letters.getJsonObject(0).getString("content_type")).isEqualTo("application/json");
        assertThat(letters.getJsonObject(0).getJsonArray("attempted_at"))
                .containsExactly("2025-10-30T10:30:00Z", "2025-10-30T10:30:15Z");
    }

    @Test
    void an_event_without_dead_letter_is_not_found() {
        JsonObject problem = get(404, "dead-letters/evt_9");
        assertThat(code(problem)).isEqualTo("NOT_FOUND");
        assertThat(message(problem)).contains("evt_9");
    }

    @Test
    void a_delivery_that_stands_for_others_tells_for_how_many_and_from_which_on() {
        Delivery delivery = delivery("evt_1", instance(127), 0);

        assertThat(Views.delivery(delivery).containsKey("coalesced_count")).isFalse();
        JsonObject standing = Views.delivery(delivery.withCoalesced(new Coalesced(3, 7)));
        assertThat(standing.getLong("coalesced_count")).isEqualTo(3);
        assertThat(standing.getLong("coalesced_from")).isEqualTo(7);
    }

    @Test
    void attempts_tell_what_came_back_and_what_became_of_the_delivery() {
        control.tried.add(logged("evt_1", instance(127), false));
        control.tried.add(logged("evt_1", instance(127), true));
        JsonArray attempts = get("attempts").getJsonArray("attempts");
        assertThat(attempts.getJsonObject(0).getString("outcome")).contains("connection refused");
        assertThat(attempts.getJsonObject(0).getString("became")).isEqualTo("waiting_for_retry");
        assertThat(attempts.getJsonObject(1).getInteger("http_status")).isEqualTo(200);
        assertThat(attempts.getJsonObject(1).getString("became")).isEqualTo("delivered");
        assertThat(get("attempts", "outcome", "failed").getJsonArray("attempts"))
                .hasSize(1);
    }

    @Test
    void attempts_are_filtered() {
        get(
                "attempts",
                "event",
                "e",
                "resource",
                "instance/1",
                "since",
                "2026-11-24T09:20:36Z",
                "outcome",
                "delivered");
        assertThat(control.filters)
                .containsExactly(new AttemptFilter(
                        Optional.of("e"),
                        Optional.empty(),
                        Optional.of(ResourceType.INSTANCE),
                        OptionalLong.of(1),
                        Optional.of(Instant.parse("2026-11-24T09:20:36Z")),
                        Optional.empty(),
                        Optional.of(true)));
    }

    @Test
    void a_list_is_bounded_and_says_whether_there_are_more() {
        for (int i = 0; i < 101; i++) {
            control.dead.add(deadLetter("evt_" + i, instance(1), "HTTP 503"));
        }
        assertThat(get("dead-letters").getJsonArray("dead_letters")).hasSize(100);
        assertThat(get("dead-letters").getBoolean("more")).isTrue();
        assertThat(get("dead-letters", "limit", "7").getJsonArray("dead_letters"))
                .hasSize(7);
        assertThat(get("dead-letters", "limit", "101").getBoolean("more")).isFalse();
        assertThat(message(get(400, "dead-letters", "limit", "1001"))).contains("1 to 1000", "1001");
        assertThat(message(get(400, "dead-letters", "limit", "0"))).contains("1 to 1000");
    }

    @Test
    void every_problem_of_the_parameters_is_told_at_once_and_nothing_is_asked() {
        JsonObject problem = get(
                400,
                "dead-letters",
                "type",
                "instanze",
                "resource",
                "127",
                "since",
                "yesterday",
                "limit",
                "many",
                "reson",
                "503",
                "status",
                " ");
        assertThat(code(problem)).isEqualTo("INVALID_REQUEST");
        assertThat(message(problem))
                .contains("'type' must be one of instance, volume", "'instanze'")
                .contains("'resource' must be", "'127'")
                .contains("'since' must be an RFC 3339 time", "'yesterday'")
                .contains("'limit' must be", "'many'")
                .contains("'reson' is not a parameter", "reason")
                .contains("'status' is empty");
        assertThat(control.filters).isEmpty();
    }

    @Test
    void a_resource_must_be_of_the_type_that_is_given_beside_it() {
        assertThat(message(get(400, "dead-letters", "type", "volume", "resource", "instance/127")))
                .contains("instance/127", "volume");
        get("dead-letters", "type", "instance", "resource", "instance/127");
    }

    @Test
    void a_resource_id_out_of_range_is_refused() {
        for (String resource :
                List.of("instance/0", "instance/-1", "instance/9223372036854775808", "instance/", "/1")) {
            assertThat(message(get(400, "attempts", "resource", resource))).contains("'resource' must be");
        }
    }

    @Test
    void a_parameter_given_twice_is_refused() {
        Answer answer = ask("GET", "attempts", Map.of("event", List.of("a", "b")), NONE);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(message(answer.body())).contains("'event' is given 2 times");
    }

    @Test
    void endpoints_tell_whether_they_are_delivered_to_and_why_not() {
        control.endpoints.put("billing", EndpointStatus.active("billing", 0));
        control.endpoints.put("default", AdminSamples.paused("default"));

        assertThat(get("endpoints").getJsonArray("endpoints"))
                .containsExactly(
                        new JsonObject()
                                .put("endpoint", "billing")
                                .put("state", "active")
                                .put("why", "")
                                .put("consecutive_failures", 0)
                                .put("probes", 0),
                        new JsonObject()
                                .put("endpoint", "default")
                                .put("state", "paused")
                                .put("since", "2025-10-30T10:30:00Z")
                                .put("why", "paused by hand")
                                .put("consecutive_failures", 2)
                                .put("probes", 0));
    }
}
