package io.cloudland.callback.lookup;

import static io.cloudland.callback.lookup.Outcomes.failureOf;
import static io.cloudland.callback.lookup.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.ResourceSnapshot;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventBusLookupTest extends ResourceLookupContract {

    private static final String ADDRESS = "host.resources";

    private final List<JsonObject> questions = new ArrayList<>();
    private MessageConsumer<JsonObject> host;
    private Consumer<Message<JsonObject>> reply;
    private ResourceLookup lookup;

    @BeforeEach
    void startHost() {
        questions.clear();
        reply = question -> question.reply(sampleAbout(question.body()));
        host = vertx.eventBus().consumer(ADDRESS, question -> {
            questions.add(question.body());
            reply.accept(question);
        });
        lookup = new EventBusLookup(vertx, ADDRESS, Duration.ofSeconds(10));
    }

    @AfterEach
    void stopHost() {
        resultOf(host.unregister());
    }

    @Override
    protected ResourceLookup lookup() {
        return lookup;
    }

    private static JsonObject sampleAbout(JsonObject question) {
        return Samples.ALL.stream()
                .filter(sample -> sample.getString("resource_type").equals(question.getString("resource_type")))
                .filter(sample -> question.getString("mac_addr") != null
                        || sample.getLong("resource_id").equals(question.getLong("resource_id")))
                .findFirst()
                .orElse(null);
    }

    @Test
    void the_host_is_told_type_id_and_command() {
        resultOf(lookup.find(Samples.instance(127), Samples.command("launch_vm")));
        assertThat(questions)
                .containsExactly(new JsonObject(
                        "{\"resource_type\": \"instance\", \"resource_id\": 127, \"command\": \"launch_vm\"}"));
    }

    @Test
    void the_host_is_told_instance_and_mac_address_of_an_interface() {
        resultOf(lookup.find(Samples.BY_MAC, Samples.command("attach_vm_nic")));
        assertThat(questions).containsExactly(new JsonObject("""
                        {"resource_type": "interface", "instance_id": 123, "mac_addr": "52:54:00:12:34:56",
                         "command": "attach_vm_nic"}"""));
    }

    @Test
    void null_an_empty_object_and_a_404_mean_not_known() {
        List<Consumer<Message<JsonObject>>> ways = List.of(
                question -> question.reply(null),
                question -> question.reply(new JsonObject()),
                question -> question.fail(404, "no such instance"));
        for (Consumer<Message<JsonObject>> way : ways) {
            reply = way;
            assertThat(resultOf(ask())).isEmpty();
        }
    }

    @Test
    void a_host_that_fails_is_unavailable() {
        reply = question -> question.fail(500, "database is down");
        assertThat(failureOf(ask(), ErrorCode.LOOKUP_UNAVAILABLE))
                .hasMessageContainingAll(
                        ADDRESS, "instance/127", "launch_vm", "code 500", "database is down", "asked again");
    }

    @Test
    void a_host_that_does_not_listen_is_unavailable_at_once() {
        ResourceLookup nobody = new EventBusLookup(vertx, "nobody.there", Duration.ofMinutes(1));
        CallbackException failure = failureOf(
                nobody.find(Samples.instance(127), Samples.command("launch_vm")), ErrorCode.LOOKUP_UNAVAILABLE);
        assertThat(failure).hasMessageContainingAll("nobody.there", "nobody listens", "instance/127");
    }

    @Test
    void a_host_that_does_not_reply_is_unavailable_after_the_timeout() {
        reply = question -> {};
        ResourceLookup hasty = new EventBusLookup(vertx, ADDRESS, Duration.ofMillis(50));
        CallbackException failure = failureOf(
                hasty.find(Samples.instance(127), Samples.command("launch_vm")), ErrorCode.LOOKUP_UNAVAILABLE);
        assertThat(failure).hasMessageContainingAll(ADDRESS, "no reply within 50 ms");
    }

    @Test
    void a_reply_that_is_no_json_object_is_an_invalid_snapshot() {
        for (Object odd : new Object[] {"running", 7, new JsonArray().add(1)}) {
            reply = question -> question.reply(odd);
            assertThat(failureOf(ask(), ErrorCode.INVALID_SNAPSHOT)).hasMessageContainingAll(ADDRESS, "instance/127");
        }
    }

    @Test
    void a_reply_about_another_resource_is_an_invalid_snapshot() {
        reply = question -> question.reply(Samples.INSTANCE);
        assertThat(failureOf(ask(), ErrorCode.INVALID_SNAPSHOT)).hasMessageContaining("resource_id contradicts");
    }

    private Future<Optional<ResourceSnapshot>> ask() {
        return lookup.find(Samples.instance(127), Samples.command("launch_vm"));
    }
}
