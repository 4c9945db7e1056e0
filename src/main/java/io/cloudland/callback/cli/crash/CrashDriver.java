package io.cloudland.callback.cli.crash;

import io.cloudland.callback.cli.jvm.ServiceJvm;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends commands at a steady rate, as long as not too many are unanswered, and notes what it is told. One context owns it.
 *
 * <p>A command whose answer was lost is neither acknowledged nor refused, and is not sent again.
 */
final class CrashDriver {

    private static final long TICK_MILLIS = 5;
    private static final int MAX_UNANSWERED = 128;

    private final Vertx vertx;
    private final CrashLoad load;
    private final CrashAccount account;
    private final int perSecond;
    private long sent;
    private long acknowledged;
    private long refused;
    private long unknown;
    private Optional<String> firstFailure = Optional.empty();
    private Stint stint = new Stint();

    CrashDriver(Vertx vertx, CrashLoad load, CrashAccount account, int perSecond) {
        this.vertx = vertx;
        this.load = load;
        this.account = account;
        this.perSecond = perSecond;
    }

    /** The time with one service, until that is killed. */
    private static final class Stint {
        private final long startNanos = System.nanoTime();
        private final Promise<Void> underWay = Promise.promise();
        private final Promise<Void> answered = Promise.promise();
        private long timer;
        private long launched;
        private long unanswered;
        private boolean over;
    }

    /** Starts to send to this service. Completes when the first command has its answer. */
    Future<Void> begin(ServiceJvm service) {
        Stint fresh = new Stint();
        stint = fresh;
        fresh.timer = vertx.setPeriodic(TICK_MILLIS, tick -> pump(fresh, service::command));
        return fresh.underWay.future();
    }

    /** Sends nothing any more. Completes when every command has its answer or is known to have none. */
    Future<Void> end() {
        stop(stint);
        completeIfAnswered(stint);
        return stint.answered.future();
    }

    private void stop(Stint now) {
        vertx.cancelTimer(now.timer);
        now.over = true;
    }

    private void pump(Stint now, Function<JsonObject, Future<JsonObject>> service) {
        long due = (System.nanoTime() - now.startNanos) / 1_000_000 * perSecond / 1000;
        while (now.launched < due && now.unanswered < MAX_UNANSWERED && !now.over) {
            sent++;
            now.launched++;
            now.unanswered++;
            JsonObject command = load.next();
            SentCommand known = SentCommand.of(command);
            service.apply(command)
                    .onComplete(reply -> accepted(known, reply), failure -> failed(now, known, failure))
                    .onComplete(settled -> answered(now));
        }
        now.launched = due; // Whoever was held up does not catch up with a burst.
    }

    private void accepted(SentCommand command, JsonObject reply) {
        JsonArray ids = reply.getJsonArray("event_ids", new JsonArray());
        if (ids.size() == 1) {
            acknowledged++;
            account.acknowledged(ids.getString(0), command);
        } else {
            unknown(command, reply.encode());
        }
    }

    private void failed(Stint now, SentCommand command, Throwable failure) {
        if (failure instanceof ReplyException reply && reply.failureCode() == ErrorCode.QUEUE_FULL.number()) {
            refused++;
        } else if (failure instanceof ReplyException reply) {
            unknown(command, String.valueOf(reply.getMessage()));
        } else {
            unknown(command); // Its answer died with the service.
            stop(now);
        }
    }

    private void unknown(SentCommand command) {
        unknown++;
        account.unanswered(command);
    }

    private void unknown(SentCommand command, String unexpected) {
        unknown(command);
        firstFailure = firstFailure.or(() -> Optional.of(unexpected));
    }

    private void answered(Stint then) {
        then.unanswered--;
        then.underWay.tryComplete();
        completeIfAnswered(then);
    }

    private static void completeIfAnswered(Stint then) {
        if (then.over && then.unanswered == 0) {
            then.answered.tryComplete();
        }
    }

    CommandCounts counts() {
        return new CommandCounts(sent, acknowledged, refused, unknown);
    }

    /** The first answer that a sound service would not give. */
    Optional<String> firstFailure() {
        return firstFailure;
    }
}
