package io.cloudland.callback.receiver;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class ReceiverTest {

    private static final String BODY = """
            {"resource_type": "instance", "resource_uuid": "u", "resource_id": 123, "status": "running",
             "previous_status": "pending", "timestamp": "2025-10-30T10:30:00Z",
             "metadata": {"hostname": "vm-1", "hyper_id": 5, "zone_id": 1, "cpu": 4, "memory": 8192}}""";

    private final VirtualTimers time = new VirtualTimers();
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private WebClient client;
    private Receiver receiver;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        this.vertx = vertx;
        client = WebClient.create(vertx);
        receiver = start(ReceiverOptions.onFreePort().withTime(time).withPrinter(printed::add));
    }

    private Receiver start(ReceiverOptions options) throws Exception {
        return Receiver.start(vertx, options).await(5, SECONDS);
    }

    private HttpResponse<Buffer> send(HttpMethod method, String path, String body) throws Exception {
        return client.requestAbs(method, receiver.baseUrl() + path)
                .sendBuffer(Buffer.buffer(body))
                .await(5, SECONDS);
    }

    private HttpResponse<Buffer> post(String id, long sequence) throws Exception {
        HttpRequest<Buffer> request = client.postAbs(receiver.url())
                .putHeader("webhook-id", id)
                .putHeader("CloudLand-Epoch", "e1")
                .putHeader("CloudLand-Sequence", Long.toString(sequence))
                .putHeader("CloudLand-Attempt", "1");
        return request.sendBuffer(Buffer.buffer(BODY)).await(5, SECONDS);
    }

    private JsonObject get(String path) throws Exception {
        return client.getAbs(receiver.baseUrl() + path).send().await(5, SECONDS).bodyAsJsonObject();
    }

    @Test
    void an_event_is_taken_counted_and_printed() throws Exception {
        HttpResponse<Buffer> answer = post("evt_1", 1);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.getHeader("content-type")).isEqualTo("application/json");
        assertThat(answer.bodyAsJsonObject())
                .isEqualTo(new JsonObject("{\"status\":\"success\",\"message\":\"Event received\",\"count\":1}"));
        assertThat(receiver.hasTaken("evt_1")).isTrue();
        assertThat(printed)
                .containsExactly("10:30:00.000  instance/123    pending → running         #1 attempt 1    "
                        + " hostname=vm-1 hyper_id=5 zone_id=1 cpu=4");
    }

    @Test
    void an_event_without_any_header_of_ours_works_too() throws Exception {
        assertThat(send(HttpMethod.POST, Receiver.EVENTS_PATH, BODY).statusCode())
                .isEqualTo(200);
        assertThat(receiver.report().unique()).isEqualTo(1);
        assertThat(printed.get(0)).contains("instance/123", "pending → running").doesNotContain("attempt");
    }

    @Test
    void the_platforms_later_envelope_is_understood() throws Exception {
        send(
                HttpMethod.POST,
                Receiver.EVENTS_PATH,
                "{\"event_type\":\"instance_created\",\"resource\":{\"type\":\"instance\",\"id\":\"u-1\"},\"data\":{\"status\":\"running\",\"cpu\":2}}");
        assertThat(printed.get(0)).contains("instance/u-1", "- → running", "cpu=2");
    }

    @Test
    void stats_report_health_and_reset_answer() throws Exception {
        post("evt_1", 1);
        post("evt_3", 3);
        post("evt_3", 3);
        send(HttpMethod.POST, Receiver.EVENTS_PATH, "not json");
        time.advance(Duration.ofSeconds(3723));

        assertThat(get("/health")).isEqualTo(new JsonObject().put("status", "healthy"));
        assertThat(get("/stats"))
                .isEqualTo(new JsonObject()
                        .put("total_received", 4)
                        .put("total_success", 3)
                        .put("total_failed", 1)
                        .put("uptime", "1h2m3s"));
        JsonObject report = get("/report");
        assertThat(report.getInteger("received")).isEqualTo(4);
        assertThat(report.getInteger("unique")).isEqualTo(2);
        assertThat(report.getInteger("duplicate")).isEqualTo(1);
        assertThat(report.getInteger("missing")).isEqualTo(1);
        assertThat(report.getInteger("rejected")).isEqualTo(1);
        assertThat(report.getInteger("out_of_order")).isZero();
        assertThat(report.getInteger("resources")).isEqualTo(1);
        assertThat(report.getInteger("epochs")).isEqualTo(1);

        assertThat(send(HttpMethod.POST, "/reset", "").statusCode()).isEqualTo(200);
        assertThat(get("/stats").getInteger("total_received")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "1", "{\"a\":", "{} {}", "{\"a\":1}x"})
    void a_body_that_is_no_json_object_is_refused_and_counts_as_failed(String body) throws Exception {
        assertThat(send(HttpMethod.POST, Receiver.EVENTS_PATH, body).statusCode())
                .isEqualTo(400);
        assertThat(receiver.report().rejected()).isEqualTo(1);
    }

    @Test
    void unknown_paths_and_wrong_methods_are_told() throws Exception {
        assertThat(send(HttpMethod.GET, "/nowhere", "").statusCode()).isEqualTo(404);
        HttpResponse<Buffer> wrong = send(HttpMethod.POST, "/faults", "");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.getHeader("allow")).isEqualTo("DELETE, GET, PUT");
        assertThat(send(HttpMethod.GET, Receiver.EVENTS_PATH, "").statusCode()).isEqualTo(405);
    }

    @Test
    void a_body_over_one_mebibyte_is_refused() throws Exception {
        String fits = "{\"a\":\"" + "x".repeat(LimitedBody.MAX_BYTES - 8) + "\"}";
        assertThat(send(HttpMethod.POST, Receiver.EVENTS_PATH, fits).statusCode())
                .isEqualTo(200);
        assertThat(send(HttpMethod.POST, Receiver.EVENTS_PATH, fits + " ").statusCode())
                .isEqualTo(413);
        assertThat(receiver.report().rejected()).isEqualTo(1);
    }

    @Test
    void faults_are_seen_set_and_cleared_at_run_time() throws Exception {
        assertThat(get("/faults").getString("faults")).isEmpty();
        assertThat(send(HttpMethod.PUT, "/faults", "status=503@first:1").statusCode())
                .isEqualTo(200);
        assertThat(get("/faults").getString("faults")).isEqualTo("status=503@first:1");
        assertThat(post("evt_1", 1).statusCode()).isEqualTo(503);
        assertThat(post("evt_1", 1).statusCode()).isEqualTo(200);
        assertThat(receiver.report().duplicate()).isZero();

        assertThat(send(HttpMethod.PUT, "/faults", "{\"faults\": \"status=418\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("evt_2", 2).statusCode()).isEqualTo(418);
        assertThat(send(HttpMethod.DELETE, "/faults", "").statusCode()).isEqualTo(200);
        assertThat(post("evt_2", 2).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=1", "{\"faults\": 5}", "{"})
    void wrong_faults_are_refused_and_change_nothing(String text) throws Exception {
        receiver.setFaults("status=503");
        assertThat(send(HttpMethod.PUT, "/faults", text).statusCode()).isEqualTo(400);
        assertThat(receiver.faults()).isEqualTo("status=503");
    }

    @Test
    void a_verbose_receiver_prints_headers_and_body() throws Exception {
        receiver = start(ReceiverOptions.onFreePort().withPrinter(printed::add).withVerbose(true));
        post("evt_1", 1);
        assertThat(printed.get(0)).contains("\n    webhook-id: evt_1", "\n      \"resource_id\" : 123,");
    }

    @Test
    void what_is_wrong_with_an_event_stands_in_its_line() throws Exception {
        post("evt_2", 2);
        post("evt_1", 1);
        post("evt_1", 1);
        receiver.setFaults("status=503");
        post("evt_3", 3);
        assertThat(printed.get(1)).endsWith("OUT_OF_ORDER");
        assertThat(printed.get(2)).endsWith("DUPLICATE");
        assertThat(printed.get(3)).endsWith("REJECTED: fault status=503");
    }

    @Test
    void a_listener_hears_of_every_event_as_it_came_and_of_those_that_are_taken() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        ArrivalListener listener = new ArrivalListener() {
            @Override
            public void arrived(Arrival arrival, byte[] body) {
                heard.add("arrived " + arrival.sequence() + " of "
                        + arrival.resource().orElseThrow() + " "
                        + new String(body, StandardCharsets.UTF_8).equals(BODY));
            }

            @Override
            public void taken(Arrival arrival) {
                heard.add("taken " + arrival.sequence());
            }
        };
        ReceiverOptions options = ReceiverOptions.onFreePort().withTime(time).withFaults("status=503@first:1");
        receiver = Receiver.start(vertx, options, listener).await(5, SECONDS);

        post("a", 1);
        post("a", 1);

        assertThat(heard)
                .containsExactly("arrived 1 of instance/123 true", "arrived 1 of instance/123 true", "taken 1");
    }

    private HttpResponse<Buffer> ask(String origin) throws Exception {
        HttpRequest<Buffer> request = client.requestAbs(HttpMethod.OPTIONS, receiver.url());
        return (origin.isEmpty() ? request : request.putHeader("WebHook-Request-Origin", origin))
                .send()
                .await(5, SECONDS);
    }

    @Test
    void a_handshake_is_granted_at_a_rate_or_refused_as_it_is_told() throws Exception {
        assertThat(ask("us").getHeader("WebHook-Allowed-Rate")).isEqualTo("*");
        receiver.allowRate(Optional.of("120"));
        HttpResponse<Buffer> granted = ask("us");
        assertThat(granted.statusCode()).isEqualTo(200);
        assertThat(granted.getHeader("WebHook-Allowed-Origin")).isEqualTo("us");
        assertThat(granted.getHeader("WebHook-Allowed-Rate")).isEqualTo("120");
        assertThat(ask("").statusCode()).isEqualTo(403);

        receiver.allowRate(Optional.empty());
        HttpResponse<Buffer> refused = ask("us");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.getHeader("WebHook-Allowed-Origin")).isNull();
        assertThat(receiver.handshakes()).isEqualTo(4);
        assertThat(receiver.report().received()).isZero();
    }
}
