package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An attempt that gets its connection when this node may not send any more. */
@ExtendWith(VertxExtension.class)
class LateConnectionTest {

    private final AtomicBoolean mayStart = new AtomicBoolean(true);

    @Test
    void it_is_not_sent_and_later_ones_are(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), mayStart::get)) {
            Future<AttemptOutcome> late = sender.beginAndAtOnce(() -> mayStart.set(false));
            assertThat(resultOf(late)).isEqualTo(AttemptSender.NOT_SENT);
            assertThat(server.requests()).isEmpty();

            mayStart.set(true);
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void one_that_waits_for_the_connection_of_another_is_not_sent_either(Vertx vertx) {
        RawServer server = new RawServer(vertx, (socket, request) -> {
            mayStart.set(false);
            socket.write(RawServer.OK);
        });
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), mayStart::get)) {
            Future<AttemptOutcome> first = sender.begin(Deliveries.delivery(), 1);
            Future<AttemptOutcome> second = sender.begin(Deliveries.delivery(), 1);

            assertThat(resultOf(first)).isEqualTo(new Answered(200, "ok"));
            assertThat(resultOf(second)).isEqualTo(AttemptSender.NOT_SENT);
        }
        assertThat(server.requests()).hasSize(1);
    }
}
