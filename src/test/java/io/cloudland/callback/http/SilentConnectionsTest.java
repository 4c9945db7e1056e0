package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.TimedOut;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An HTTP/2 connection on which nothing is heard any more, and one on which only an answer is slow. */
@ExtendWith(VertxExtension.class)
class SilentConnectionsTest {

    private static final Duration DEADLINE = Deliveries.LONG_ENOUGH;
    private static final Answered OK = new Answered(200, "ok");

    private final VirtualTimers time = new VirtualTimers();
    private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
    private DarkPath path;
    private SenderUnderTest sender;

    /** Answers the first request; later ones where the test says so, or where they came on another connection. */
    @BeforeEach
    void open(Vertx vertx, @TempDir Path directory) {
        TestAuthority authority = new TestAuthority("Test Authority");
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(TestAuthority.shown(authority.issue("127.0.0.1")));
        HttpServer server = resultOf(
                vertx.createHttpServer(options).requestHandler(this::take).listen(0, "127.0.0.1"));
        path = new DarkPath(vertx, server.actualPort());
        sender = new SenderUnderTest(
                vertx,
                Deliveries.endpoint(
                        "https://127.0.0.1:" + path.port() + "/hook",
                        DEADLINE,
                        false,
                        Connections.http2(TestAuthority.trusting(authority.trustFile(directory, ".pem")))),
                2,
                time);
    }

    private void take(HttpServerRequest request) {
        requests.add(request);
        if (requests.size() == 1 || request.connection() != requests.get(0).connection()) {
            request.response().end("ok");
        }
    }

    private Future<AttemptOutcome> begin() {
        return sender.begin(Deliveries.delivery(), 1);
    }

    private void advance(Duration by) {
        sender.onLoop(() -> time.advance(by));
    }

    private Future<AttemptOutcome> beginInTheDark() {
        int before = path.swallowed();
        Future<AttemptOutcome> lost = begin();
        await().until(() -> path.swallowed() > before);
        return lost;
    }

    private void loseOneInTheDark() {
        assertThat(sender.send()).isEqualTo(OK);
        path.goDark();
        Future<AttemptOutcome> lost = beginInTheDark();
        advance(DEADLINE);
        assertThat(resultOf(lost)).isEqualTo(new TimedOut(DEADLINE));
    }

    @Test
    void a_connection_that_went_dark_is_given_up_after_the_first_attempt_that_times_out_on_it() {
        loseOneInTheDark();
        advance(SilentConnections.ANSWERED_WITHIN);
        assertThat(sender.send()).isEqualTo(OK);
        assertThat(path.opened()).isEqualTo(2);
        sender.close();
    }

    @Test
    void an_attempt_that_began_on_it_meanwhile_goes_out_once_more_on_another() {
        loseOneInTheDark();
        Future<AttemptOutcome> second = beginInTheDark();
        advance(SilentConnections.ANSWERED_WITHIN);
        assertThat(resultOf(second)).isEqualTo(OK);
        assertThat(path.opened()).isEqualTo(2);
        sender.close();
    }

    @Test
    void one_slow_answer_does_not_cost_its_neighbours_their_connection() {
        assertThat(sender.send()).isEqualTo(OK);
        Future<AttemptOutcome> slow = begin();
        await().until(() -> requests.size() == 2);
        advance(DEADLINE.dividedBy(2));
        Future<AttemptOutcome> neighbour = begin();
        await().until(() -> requests.size() == 3);
        advance(DEADLINE.dividedBy(2));
        assertThat(resultOf(slow)).isEqualTo(new TimedOut(DEADLINE));

        await("the ping's answer, after which only the neighbour's deadline is left")
                .until(() -> sender.timersLeft() == 1);
        advance(SilentConnections.ANSWERED_WITHIN);
        requests.get(2).response().end("ok");
        assertThat(resultOf(neighbour)).isEqualTo(OK);
        assertThat(path.opened()).isEqualTo(1);
        assertThat(requests).hasSize(3);
        sender.close();
    }

    @Test
    void a_stop_leaves_no_question_behind() {
        loseOneInTheDark();
        assertThat(sender.timersLeft()).isEqualTo(1);
        sender.close();
    }
}
