package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.ConnectionOptions;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EventFilter;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.HandshakeSettings;
import io.cloudland.callback.model.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The CloudEvents web-hook handshake on the wire. */
@ExtendWith(VertxExtension.class)
class HandshakeTest {

    private static final String ORIGIN = "callback.cloud.example";

    private record Asked(HttpMethod method, String uri, MultiMap headers) {}

    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private String server(Vertx vertx, Consumer<HttpServerResponse> answer) {
        HttpServer server = resultOf(vertx.createHttpServer()
                .requestHandler(request -> {
                    note(request);
                    answer.accept(request.response());
                })
                .listen(0, "127.0.0.1"));
        return "http://127.0.0.1:" + server.actualPort() + "/hook?token=1";
    }

    private void note(HttpServerRequest request) {
        asked.add(new Asked(
                request.method(),
                request.uri(),
                MultiMap.caseInsensitiveMultiMap().addAll(request.headers())));
    }

    private static Consumer<HttpServerResponse> grants(String origin, String rate) {
        return response -> response.putHeader("WebHook-Allowed-Origin", origin)
                .putHeader("WebHook-Allowed-Rate", rate)
                .end();
    }

    private static Endpoint endpoint(String url, Duration timeout, long perMinute) {
        Endpoint plain = Deliveries.endpoint(url, timeout, false, ConnectionOptions.DEFAULT);
        return new Endpoint(
                plain.name(),
                plain.url(),
                plain.format(),
                plain.apiKey(),
                plain.timeout(),
                plain.retries(),
                plain.maxInFlight(),
                false,
                true,
                EventFilter.EVERYTHING,
                Map.of("X-Team", new Secret("billing"), "Origin", new Secret("somebody-else")),
                List.of(),
                plain.connection(),
                new FlowSettings(
                        0,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        0,
                        Optional.of(new HandshakeSettings(ORIGIN, perMinute))));
    }

    private static HandshakeAnswer ask(Vertx vertx, Endpoint endpoint) {
        try (SenderUnderTest sender = new SenderUnderTest(vertx, endpoint, 2)) {
            return sender.handshake(endpoint.flow().handshake().orElseThrow());
        }
    }

    private static HandshakeAnswer ask(Vertx vertx, String url) {
        return ask(vertx, endpoint(url, Deliveries.LONG_ENOUGH, 0));
    }

    private static String refusal(HandshakeAnswer answer) {
        assertThat(answer).isInstanceOf(HandshakeAnswer.Refused.class);
        return ((HandshakeAnswer.Refused) answer).reason();
    }

    @Test
    void the_same_url_is_asked_with_the_same_headers_and_who_asks_and_how_much(Vertx vertx) {
        String url = server(vertx, grants("*", "*"));
        assertThat(ask(vertx, endpoint(url, Deliveries.LONG_ENOUGH, 6_000))).isEqualTo(new HandshakeAnswer.Granted(0));

        Asked question = asked.get(0);
        assertThat(question.method()).isEqualTo(HttpMethod.OPTIONS);
        assertThat(question.uri()).isEqualTo("/hook?token=1");
        assertThat(question.headers().get("WebHook-Request-Origin")).isEqualTo(ORIGIN);
        assertThat(question.headers().get("WebHook-Request-Rate")).isEqualTo("6000");
        assertThat(question.headers().get("X-PS-API-Key")).isEqualTo("key-1");
        assertThat(question.headers().get("X-Team")).isEqualTo("billing");
        assertThat(question.headers().get("User-Agent")).isEqualTo("CloudLand-Callback/1.0");
        assertThat(question.headers().contains("webhook-id")).isFalse();
    }

    @Test
    void without_a_limit_of_our_own_no_rate_is_named(Vertx vertx) {
        ask(vertx, server(vertx, grants("*", "*")));
        assertThat(asked.get(0).headers().contains("WebHook-Request-Rate")).isFalse();
    }

    @Test
    void each_delivery_says_who_sends_as_the_question_did(Vertx vertx) {
        Endpoint endpoint = endpoint(server(vertx, HttpServerResponse::end), Deliveries.LONG_ENOUGH, 0);
        try (SenderUnderTest sender = new SenderUnderTest(vertx, endpoint, 2)) {
            sender.send();
        }
        assertThat(asked.get(0).method()).isEqualTo(HttpMethod.POST);
        assertThat(asked.get(0).headers().get("WebHook-Request-Origin")).isEqualTo(ORIGIN);
        assertThat(asked.get(0).headers().getAll("Origin")).containsExactly(ORIGIN);
    }

    @ParameterizedTest
    @CsvSource({
        "*, *, 0",
        "callback.cloud.example, 120, 120",
        "Callback.Cloud.Example, ' 1 ', 1",
        "*, 999999999999999999, 999999999999999999"
    })
    void it_is_granted_by_our_origin_or_any_and_with_a_rate(String origin, String rate, long perMinute, Vertx vertx) {
        assertThat(ask(vertx, server(vertx, grants(origin, rate)))).isEqualTo(new HandshakeAnswer.Granted(perMinute));
    }

    @Test
    void without_a_rate_any_is_allowed(Vertx vertx) {
        String url = server(
                vertx,
                response -> response.putHeader("WebHook-Allowed-Origin", "*")
                        .setStatusCode(204)
                        .end());
        assertThat(ask(vertx, url)).isEqualTo(new HandshakeAnswer.Granted(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "+1", "many", "", "1.5", "1000000000000000000000"})
    void a_rate_that_cannot_be_read_is_no_consent(String rate, Vertx vertx) {
        assertThat(refusal(ask(vertx, server(vertx, grants("*", rate)))))
                .isEqualTo("HTTP 200, but WebHook-Allowed-Rate is neither a whole number above 0 nor \"*\"");
    }

    @Test
    void a_good_status_alone_is_no_consent(Vertx vertx) {
        assertThat(refusal(ask(vertx, server(vertx, HttpServerResponse::end))))
                .isEqualTo("HTTP 200 without WebHook-Allowed-Origin");
    }

    @Test
    void consent_to_somebody_else_is_none_to_us(Vertx vertx) {
        assertThat(refusal(ask(vertx, server(vertx, grants("cloud.example", "*")))))
                .isEqualTo("HTTP 200, but another WebHook-Allowed-Origin than \"" + ORIGIN + "\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {303, 403, 405, 500})
    void another_status_is_no_consent_whatever_its_headers_say(int status, Vertx vertx) {
        String url = server(vertx, response -> grants("*", "*").accept(response.setStatusCode(status)));
        assertThat(refusal(ask(vertx, url))).isEqualTo("HTTP " + status);
        assertThat(asked).hasSize(1);
    }

    @Test
    void an_endpoint_may_ask_for_patience(Vertx vertx) {
        String url = server(
                vertx,
                response -> response.setStatusCode(429)
                        .putHeader("Retry-After", "60")
                        .end());
        assertThat(ask(vertx, url)).isEqualTo(new HandshakeAnswer.Refused("HTTP 429", Duration.ofMinutes(1)));
    }

    @Test
    void the_deadline_of_attempts_holds(Vertx vertx) {
        String url = server(vertx, response -> {});
        assertThat(refusal(ask(vertx, endpoint(url, Duration.ofMillis(200), 0))))
                .contains("200 ms");
    }

    @Test
    void the_rules_for_addresses_hold(Vertx vertx) {
        assertThat(refusal(ask(vertx, "http://169.254.169.254/latest"))).startsWith("address refused: ");
    }

    @Test
    void an_endpoint_that_is_not_there_has_not_agreed(Vertx vertx) {
        assertThat(refusal(ask(vertx, "http://127.0.0.1:1/"))).isEqualTo("connection refused");
    }
}
