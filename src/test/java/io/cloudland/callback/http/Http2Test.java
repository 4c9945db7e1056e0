package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.Failed;
import io.cloudland.callback.model.AttemptOutcome.TimedOut;
import io.cloudland.callback.model.ConnectionOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class Http2Test {

    private final TestAuthority authority = new TestAuthority("Test Authority");
    private final List<HttpVersion> versions = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    @TempDir
    Path directory;

    private HttpServer server(Vertx vertx, HttpServerOptions options, Handler<HttpServerRequest> handler) {
        return resultOf(vertx.createHttpServer(options)
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(request -> {
                    versions.add(request.version());
                    request.body().onSuccess(body -> handler.handle(request));
                })
                .listen(0, "127.0.0.1"));
    }

    private HttpServerOptions tls() {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(TestAuthority.shown(authority.issue("127.0.0.1")));
    }

    private SenderUnderTest sender(Vertx vertx, String scheme, HttpServer server, Duration timeout) {
        ConnectionOptions http2 = Connections.http2(TestAuthority.trusting(authority.trustFile(directory, ".pem")));
        String url = scheme + "://127.0.0.1:" + server.actualPort() + "/hook";
        return new SenderUnderTest(vertx, Deliveries.endpoint(url, timeout, false, http2), 2);
    }

    private SenderUnderTest sender(Vertx vertx, String scheme, HttpServer server) {
        return sender(vertx, scheme, server, Deliveries.LONG_ENOUGH);
    }

    @Test
    void http_2_is_spoken_where_both_sides_agree_on_it(Vertx vertx) {
        HttpServer server = server(vertx, tls(), request -> request.response().end("ok"));
        try (SenderUnderTest sender = sender(vertx, "https", server)) {
            List<Future<AttemptOutcome>> sent = IntStream.range(0, 20)
                    .mapToObj(each -> sender.begin(Deliveries.delivery(), 1))
                    .toList();
            sent.forEach(one -> assertThat(resultOf(one)).isEqualTo(new Answered(200, "ok")));
        }
        assertThat(versions).hasSize(20).containsOnly(HttpVersion.HTTP_2);
        assertThat(connections).hasValue(1);
    }

    @Test
    void a_server_that_knows_http_1_alone_gets_it(Vertx vertx) {
        HttpServerOptions old = tls().setAlpnVersions(List.of(HttpVersion.HTTP_1_1));
        HttpServer server = server(vertx, old, request -> request.response().end("ok"));
        try (SenderUnderTest sender = sender(vertx, "https", server)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(versions).containsOnly(HttpVersion.HTTP_1_1);
    }

    @Test
    void without_tls_http_2_is_never_guessed(Vertx vertx) {
        HttpServer server = server(
                vertx, new HttpServerOptions(), request -> request.response().end("ok"));
        try (SenderUnderTest sender = sender(vertx, "http", server)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(versions).containsExactly(HttpVersion.HTTP_1_1);
    }

    @Test
    void a_huge_answer_ends_its_stream_and_leaves_the_connection(Vertx vertx) {
        HttpServer server = server(vertx, tls(), request -> request.response().end("x".repeat(8 << 20)));
        try (SenderUnderTest sender = sender(vertx, "https", server)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "x".repeat(256)));
            assertThat(sender.send()).isEqualTo(new Answered(200, "x".repeat(256)));
        }
        assertThat(connections).hasValue(1);
    }

    @Test
    void a_stream_that_never_answers_is_left_in_time(Vertx vertx) {
        Duration deadline = Duration.ofMillis(1500);
        HttpServer server = server(vertx, tls(), request -> {});
        try (SenderUnderTest sender = sender(vertx, "https", server, deadline)) {
            assertThat(sender.send()).isEqualTo(new TimedOut(deadline));
        }
    }

    @Test
    void huge_headers_are_a_failure(Vertx vertx) {
        HttpServer server = server(
                vertx,
                tls(),
                request -> request.response()
                        .putHeader("x-filler", "x".repeat(20_000))
                        .end("ok"));
        try (SenderUnderTest sender = sender(vertx, "https", server)) {
            assertThat(sender.send()).isInstanceOf(Failed.class);
        }
    }
}
