package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.HandshakeSettings;
import io.cloudland.callback.model.SigningSecret;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.cloudland.callback.time.VertxTimers;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A sender on an event loop of its own, used from the test's thread; closing it checks that nothing is left. */
final class SenderUnderTest implements AutoCloseable {

    private final CountingTimers timers;
    private final Context context;
    private final HttpAttemptSender sender;
    private final TimeSource time;

    SenderUnderTest(Vertx vertx, Endpoint endpoint, int maxConnections) {
        this(vertx, endpoint, maxConnections, new VertxTimers(vertx), TimeSource.system());
    }

    /** One whose time the test moves. */
    SenderUnderTest(Vertx vertx, Endpoint endpoint, int maxConnections, VirtualTimers time) {
        this(vertx, endpoint, maxConnections, time, time);
    }

    private SenderUnderTest(Vertx vertx, Endpoint endpoint, int maxConnections, Timers base, TimeSource time) {
        this.time = time;
        timers = new CountingTimers(base);
        context = contextOf(vertx);
        sender = resultOf(onContext(
                () -> Future.succeededFuture(new HttpAttemptSender(vertx, endpoint, maxConnections, timers, time))));
    }

    /** One whose clock and secrets the test sets. */
    SenderUnderTest(Vertx vertx, Endpoint endpoint, Supplier<List<SigningSecret>> secrets, TimeSource time) {
        this.time = time;
        timers = new CountingTimers(new VertxTimers(vertx));
        context = contextOf(vertx);
        sender = resultOf(onContext(() ->
                Future.succeededFuture(new HttpAttemptSender(vertx, endpoint, secrets, 4, timers, time, () -> true))));
    }

    SenderUnderTest(Vertx vertx, Endpoint endpoint, int maxConnections, HostResolver resolver) {
        time = TimeSource.system();
        timers = new CountingTimers(new VertxTimers(vertx));
        context = contextOf(vertx);
        sender = resultOf(onContext(() -> Future.succeededFuture(new HttpAttemptSender(
                vertx,
                endpoint,
                endpoint::secrets,
                maxConnections,
                timers,
                TimeSource.system(),
                () -> true,
                resolver))));
    }

    /** One with a single connection, whose node may send as long as this says so. */
    SenderUnderTest(Vertx vertx, Endpoint endpoint, BooleanSupplier mayStart) {
        time = TimeSource.system();
        timers = new CountingTimers(new VertxTimers(vertx));
        context = contextOf(vertx);
        sender = resultOf(onContext(() -> Future.succeededFuture(
                new HttpAttemptSender(vertx, endpoint, endpoint::secrets, 1, timers, time, mayStart))));
    }

    SenderUnderTest(Vertx vertx, String url) {
        this(vertx, Deliveries.endpoint(url), 4);
    }

    private static Context contextOf(Vertx vertx) {
        Promise<Context> made = Promise.promise();
        Deployable verticle = own -> {
            made.complete(own);
            return Future.succeededFuture();
        };
        resultOf(vertx.deployVerticle(verticle));
        return resultOf(made.future());
    }

    private <T> Future<T> onContext(Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(turn -> {
            try {
                action.get().onComplete(done);
            } catch (RuntimeException e) {
                done.fail(e);
            }
        });
        return done.future();
    }

    Future<AttemptOutcome> begin(Delivery delivery, int attemptNumber) {
        return onContext(() -> sender.send(delivery, attemptNumber, time.now()));
    }

    /** Begins an attempt and runs this in the same turn of the event loop, before anything can have happened. */
    Future<AttemptOutcome> beginAndAtOnce(Runnable action) {
        return onContext(() -> {
            Future<AttemptOutcome> sent = sender.send(Deliveries.delivery(), 1, time.now());
            action.run();
            return sent;
        });
    }

    /** Runs this on the sender's event loop, and waits until it has run. */
    void onLoop(Runnable action) {
        resultOf(onContext(() -> {
            action.run();
            return Future.succeededFuture();
        }));
    }

    AttemptOutcome send() {
        return resultOf(begin(Deliveries.delivery(), 1));
    }

    HandshakeAnswer handshake(HandshakeSettings asked) {
        return resultOf(onContext(() -> sender.handshake(asked, time.now())));
    }

    /** Sends so many one after the other, each from within the outcome of the one before; tells the last outcome. */
    Future<AttemptOutcome> sendInTurn(int times) {
        Promise<AttemptOutcome> last = Promise.promise();
        context.runOnContext(turn -> sendInTurn(times, last));
        return last.future();
    }

    private void sendInTurn(int times, Promise<AttemptOutcome> last) {
        sender.send(Deliveries.delivery(), 1, time.now()).onComplete(sent -> {
            if (times == 1 || sent.failed()) {
                last.handle(sent);
            } else {
                sendInTurn(times - 1, last);
            }
        });
    }

    int timersLeft() {
        return timers.left();
    }

    Future<Void> beginClose() {
        return onContext(sender::close);
    }

    @Override
    public void close() {
        resultOf(beginClose());
        assertThat(timers.left()).as("timers left over").isZero();
    }
}
