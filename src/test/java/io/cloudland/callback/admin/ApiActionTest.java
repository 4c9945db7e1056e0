package io.cloudland.callback.admin;

import static io.cloudland.callback.admin.AdminSamples.deadLetter;
import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What changes something when asked for: replay, purge, pause and resume; and what is refused. */
class ApiActionTest extends AskedApi {

    @Test
    void a_replay_of_some_takes_the_filter() {
        ResourceRef volume = new ResourceRef(ResourceType.VOLUME, 7);
        control.dead.add(deadLetter("evt_1", instance(127), "HTTP 503"));
        control.dead.add(deadLetter("evt_2", volume, "HTTP 503"));
        assertThat(post(200, "replays", "{\"type\":\"volume\"}")).isEqualTo(new JsonObject().put("replayed", 1L));
        assertThat(control.dead).hasSize(1);
    }

    @Test
    void nothing_given_replays_or_purges_nothing_unless_all_is_said() {
        control.dead.add(deadLetter("evt_1", instance(127), "HTTP 503"));
        assertThat(message(post(400, "replays", "{}"))).contains("\"all\": true");
        assertThat(message(post(400, "purges", ""))).contains("\"all\": true");
        assertThat(message(post(400, "purges", "{\"all\":false}"))).contains("\"all\": true");
        assertThat(control.filters).isEmpty();
        assertThat(post(200, "replays", "{\"all\":true}")).isEqualTo(new JsonObject().put("replayed", 1L));
        assertThat(control.filters).containsExactly(DeadLetterFilter.all());
    }

    @Test
    void all_and_a_filter_contradict_each_other() {
        assertThat(message(post(400, "purges", "{\"all\":true,\"type\":\"volume\"}")))
                .contains("'all'");
        assertThat(control.filters).isEmpty();
    }

    @Test
    void a_purge_tells_how_many_are_gone() {
        control.dead.add(deadLetter("evt_1", instance(127), "HTTP 503"));
        assertThat(post(200, "purges", "{\"event\":\"evt_1\"}")).isEqualTo(new JsonObject().put("purged", 1L));
        assertThat(post(200, "purges", "{\"event\":\"evt_1\"}")).isEqualTo(new JsonObject().put("purged", 0L));
    }

    @Test
    void a_misspelt_filter_never_means_all() {
        assertThat(message(post(400, "purges", "{\"all\":true,\"typ\":\"volume\"}")))
                .contains("'typ'");
        assertThat(message(post(400, "replays", "{\"evnt\":\"evt_1\"}"))).contains("'evnt'");
        assertThat(control.filters).isEmpty();
    }

    @Test
    void a_body_that_is_no_object_of_plain_values_is_refused() {
        for (String body : List.of("null", "[]", "{", "true", "nonsense")) {
            assertThat(message(post(400, "replays", body))).contains("no JSON object");
        }
        assertThat(message(post(400, "replays", "{\"type\":[\"volume\"]}"))).contains("'type' must be a text");
        assertThat(message(post(400, "replays", "{\"type\":null}"))).contains("'type' must be a text");
        assertThat(control.filters).isEmpty();
    }

    @Test
    void parameters_in_the_address_of_a_post_are_refused_instead_of_overlooked() {
        Answer answer = ask("POST", "replays", Map.of("type", List.of("volume")), "{\"all\":true}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(control.filters).isEmpty();
    }

    @Test
    void what_the_service_cannot_do_now_is_503_and_what_it_cannot_do_at_all_409() {
        control.failure = Optional.of(new CallbackException(ErrorCode.QUEUE_FULL, "queue_size allows no more"));
        JsonObject full = post(503, "replays", "{\"all\":true}");
        assertThat(code(full)).isEqualTo("QUEUE_FULL");
        assertThat(message(full)).contains("queue_size allows no more");

        control.failure = Optional.of(new CallbackException(ErrorCode.NOT_REPLAYABLE, "no such endpoint"));
        assertThat(code(post(409, "replays", "{\"all\":true}"))).isEqualTo("NOT_REPLAYABLE");
    }

    @Test
    void an_unknown_path_is_told_what_there_is_and_a_wrong_method_what_it_takes() {
        assertThat(message(get(404, "dead"))).contains("/api/v1/dead-letters", "/api/v1/stats");
        assertThat(message(get(404, "dead-letters/"))).contains("there is no");
        assertThat(message(get(404, "dead-letters/a/b"))).contains("there is no");
        assertThat(message(get(405, "replays"))).contains("POST");
        assertThat(code(post(405, "stats", "{}"))).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @Test
    void one_endpoint_is_paused_and_resumed_and_answers_where_it_stands() {
        control.endpoints.put("billing", EndpointStatus.active("billing", 0));

        assertThat(post(200, "pauses", "{\"endpoint\":\"billing\"}").getString("state"))
                .isEqualTo("paused");
        assertThat(post(200, "resumes", "{\"endpoint\":\"billing\"}").getString("state"))
                .isEqualTo("active");
        assertThat(message(post(404, "pauses", "{\"endpoint\":\"biling\"}")))
                .isEqualTo("there is no enabled endpoint biling; there are [billing]");
        assertThat(message(post(400, "resumes", "{}"))).isEqualTo("'endpoint' is missing: say which");
    }
}
