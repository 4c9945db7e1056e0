package io.cloudland.callback;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.http.PayloadFormat;
import io.cloudland.callback.http.PayloadFormats;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format through the whole service, and one that an embedding host adds in code. */
@ExtendWith(VertxExtension.class)
class HostFormatTest {

    private static final PayloadFormat PLAIN = new PayloadFormat() {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public Payload render(ResourceChangeEvent event) {
            byte[] body = (event.resource() + " " + event.change().status()).getBytes(StandardCharsets.UTF_8);
            return new Payload("text/plain", body, Map.of("X-Plain", "yes"));
        }
    };

    static Stream<String> formats() {
        return PayloadFormats.builtIn().names().stream();
    }

    private static void send(Vertx vertx) throws Exception {
        JsonObject command = new JsonObject()
                .put("command", "launch_vm '127' 'running' '3' 'init'")
                .put(
                        "resource",
                        new JsonObject()
                                .put("resource_uuid", "uuid-127")
                                .put("metadata", new JsonObject().put("hostname", "vm-1")));
        vertx.eventBus().request("callback.commands", command).await(10, SECONDS);
    }

    private static CallbackOptions options(String url, String format, Path directory) {
        return new CallbackOptions()
                .setUrl(url)
                .set("format", format)
                .set("store", new JsonObject().put("type", "rocksdb").put("path", directory.toString()));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void the_test_receiver_understands_every_format(String format, Vertx vertx, @TempDir Path directory)
            throws Exception {
        List<String> printed = new CopyOnWriteArrayList<>();
        Receiver receiver = Receiver.start(vertx, ReceiverOptions.onFreePort().withPrinter(printed::add))
                .await(10, SECONDS);
        vertx.deployVerticle(
                        new CallbackVerticle(),
                        options(receiver.url(), format, directory).toDeploymentOptions())
                .await(30, SECONDS);

        send(vertx);

        await().untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(1));
        await().untilAsserted(() -> assertThat(printed).hasSize(1));
        assertThat(printed.get(0)).contains("instance/", "→ running", "=vm-1");
    }

    @Test
    void a_host_adds_a_format_in_code(Vertx vertx, @TempDir Path directory) throws Exception {
        List<String> requests = new CopyOnWriteArrayList<>();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    requests.add(request.getHeader("content-type") + " " + request.getHeader("x-plain") + " " + body);
                    request.response().end();
                }))
                .listen(0, "127.0.0.1")
                .await(10, SECONDS);
        String url = "http://127.0.0.1:" + server.actualPort() + "/";

        vertx.deployVerticle(
                        new CallbackVerticle(List.of(), List.of(PLAIN)),
                        options(url, "plain", directory).toDeploymentOptions())
                .await(30, SECONDS);
        send(vertx);

        await().untilAsserted(() -> assertThat(requests).containsExactly("text/plain yes instance/127 running"));
    }

    /** Fails for one resource. */
    private static final PayloadFormat FRAIL = new PayloadFormat() {
        @Override
        public String name() {
            return "frail";
        }

        @Override
        public Payload render(ResourceChangeEvent event) {
            if (event.resource().id() == 127) {
                throw new NoClassDefFoundError("host/Missing");
            }
            return PLAIN.render(event);
        }
    };

    private static JsonObject endpoint(String name, String url, String format) {
        return new JsonObject().put("name", name).put("url", url).put("format", format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void a_format_that_fails_makes_a_dead_letter_for_its_endpoint_and_harms_no_other(
            String store, Vertx vertx, @TempDir Path directory) throws Exception {
        Receiver well = Receiver.start(vertx, ReceiverOptions.onFreePort()).await(10, SECONDS);
        Receiver frail = Receiver.start(vertx, ReceiverOptions.onFreePort()).await(10, SECONDS);
        CallbackVerticle callback = new CallbackVerticle(List.of(), List.of(PLAIN, FRAIL));
        CallbackOptions options = new CallbackOptions()
                .set("park_after_failures", 1)
                .set("store", new JsonObject().put("type", store).put("path", directory.toString()))
                .addEndpoint(endpoint("well", well.url(), "resource-change"))
                .addEndpoint(endpoint("frail", frail.url(), "frail"));
        vertx.deployVerticle(callback, options.toDeploymentOptions()).await(30, SECONDS);

        send(vertx);

        await().untilAsserted(() -> assertThat(well.report().unique()).isEqualTo(1));
        await().untilAsserted(() ->
                assertThat(callback.service().stats().store().pending()).isZero());
        assertThat(callback.service().stats().store().dead()).isEqualTo(1);
        assertThat(callback.service().stats().store().delivered()).isEqualTo(1);
        assertThat(frail.report().received()).isZero();
        assertThat(callback.service().endpoints())
                .as("nobody is parked for it")
                .allSatisfy(status -> assertThat(status.state()).isEqualTo(EndpointStatus.State.ACTIVE));
    }

    @Test
    void a_format_that_nobody_has_is_told_with_those_there_are(Vertx vertx, @TempDir Path directory) {
        assertThatThrownBy(() -> vertx.deployVerticle(
                                new CallbackVerticle(List.of(), List.of(PLAIN)),
                                options("http://127.0.0.1/", "plan", directory).toDeploymentOptions())
                        .await(30, SECONDS))
                .hasMessageContaining("callback.format must be one of \"resource-change\", \"event\"")
                .hasMessageContaining("\"plain\"")
                .hasMessageEndingWith(", was \"plan\"");
    }
}
