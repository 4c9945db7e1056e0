package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.ConnectionOptions;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EventFilter;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.RetrySettings;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an endpoint wishes: headers of its own in the request, a pause in its answer. */
@ExtendWith(VertxExtension.class)
class HttpWishesTest {

    private static Endpoint endpoint(String url) {
        return new Endpoint(
                "wishing",
                URI.create(url),
                ResourceChangeFormat.NAME,
                Optional.empty(),
                Deliveries.LONG_ENOUGH,
                RetrySettings.fixed(3, Duration.ofSeconds(5)),
                1,
                false,
                true,
                EventFilter.EVERYTHING,
                Map.of("X-Team", new Secret("one two")),
                List.of(),
                ConnectionOptions.DEFAULT,
                FlowSettings.UNLIMITED);
    }

    private static AttemptOutcome answerOf(Vertx vertx, RawServer server) throws Exception {
        Future<AttemptOutcome> sent = Future.future(promise -> vertx.runOnContext(on -> {
            HttpAttemptSender sender = new HttpAttemptSender(
                    vertx, endpoint(server.url()), 1, new VertxTimers(vertx), TimeSource.system());
            sender.send(Deliveries.delivery(), 1, Instant.now()).onComplete(promise);
        }));
        return sent.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void a_header_of_the_endpoint_s_own_goes_with_the_request(Vertx vertx) throws Exception {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));

        assertThat(answerOf(vertx, server)).isEqualTo(new Answered(200, "ok"));
        assertThat(server.requests().get(0)).contains("\r\nX-Team: one two\r\n");
    }

    @Test
    void what_a_busy_endpoint_asks_for_comes_with_its_answer(Vertx vertx) throws Exception {
        RawServer server = new RawServer(
                vertx, RawServer.always("HTTP/1.1 503 X\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n"));

        assertThat(answerOf(vertx, server)).isEqualTo(new Answered(503, "", Optional.of(Duration.ofSeconds(17))));
    }

    @Test
    void a_date_counts_from_the_date_of_the_answer(Vertx vertx) throws Exception {
        RawServer server = new RawServer(
                vertx,
                RawServer.always("HTTP/1.1 429 X\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                        + "Retry-After: Sun, 06 Nov 1994 08:50:07 GMT\r\nContent-Length: 0\r\n\r\n"));

        assertThat(answerOf(vertx, server)).isEqualTo(new Answered(429, "", Optional.of(Duration.ofSeconds(30))));
    }

    @Test
    void an_unreadable_wish_is_no_wish(Vertx vertx) throws Exception {
        RawServer server = new RawServer(
                vertx, RawServer.always("HTTP/1.1 503 X\r\nRetry-After: -17\r\nContent-Length: 0\r\n\r\n"));

        assertThat(answerOf(vertx, server)).isEqualTo(new Answered(503, ""));
    }
}
