package io.cloudland.callback.cli.demo;

import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.registry.IgnoreReason;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/**
 * What the service makes of a command, expected or got.
 *
 * @param kind as it stands in the account, for example {@code ignored: not registered}
 * @param events how many events it made
 */
record Reply(String kind, int events) {

    static Reply accepted(int events) {
        return new Reply("accepted", events);
    }

    static Reply ignored(IgnoreReason reason) {
        return new Reply("ignored: " + reason.text(), 0);
    }

    static Reply refused(ErrorCode code) {
        return new Reply("refused: " + code.label(), 0);
    }

    /** Reads the service's reply. */
    static Reply of(JsonObject reply) {
        return "accepted".equals(reply.getString("status"))
                ? accepted(reply.getJsonArray("event_ids", new JsonArray()).size())
                : new Reply("ignored: " + reply.getString("reason"), 0);
    }

    /** Reads the failure that the service replied. */
    static Reply of(Throwable failure) {
        if (failure instanceof ReplyException refusal) {
            return Arrays.stream(ErrorCode.values())
                    .filter(code -> code.number() == refusal.failureCode())
                    .findFirst()
                    .map(Reply::refused)
                    .orElseGet(() -> new Reply("failed: " + refusal.failureType(), 0));
        }
        return new Reply("failed: " + failure, 0);
    }
}
