package io.cloudland.callback.ingest;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.registry.CommandResult;
import io.cloudland.callback.registry.IgnoreReason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Words the answers to a sender. */
final class Replies {

    // Shared: the event bus copies or encodes a JSON object on its way, and nobody here changes one.
    private static final Map<IgnoreReason, JsonObject> IGNORED = ignoredReplies();

    private Replies() {}

    private static Map<IgnoreReason, JsonObject> ignoredReplies() {
        Map<IgnoreReason, JsonObject> replies = new EnumMap<>(IgnoreReason.class);
        for (IgnoreReason reason : IgnoreReason.values()) {
            replies.put(reason, new JsonObject(Map.of("status", "ignored", "reason", reason.text())));
        }
        return replies;
    }

    static JsonObject of(CommandResult result) {
        return result instanceof CommandResult.Ignored ignored
                ? Objects.requireNonNull(IGNORED.get(ignored.reason()))
                : accepted((CommandResult.Accepted) result);
    }

    private static JsonObject accepted(CommandResult.Accepted accepted) {
        JsonArray ids = new JsonArray();
        for (EventId id : accepted.eventIds()) {
            ids.add(id.value());
        }
        JsonObject reply = new JsonObject().put("status", "accepted").put("event_ids", ids);
        if (accepted.kept()) {
            reply.put("kept", true);
        }
        if (accepted.duplicates() > 0) {
            reply.put("duplicate", true);
        }
        return accepted.problems().isEmpty() ? reply : reply.put("problems", problems(accepted.problems()));
    }

    private static JsonArray problems(List<CallbackException> problems) {
        JsonArray list = new JsonArray();
        problems.forEach(problem -> list.add(new JsonObject()
                .put("code", problem.code().number())
                .put("error", String.valueOf(problem.getMessage()))));
        return list;
    }

    /** The text of a refusal; it ends with whether to try again, said once. */
    static String refusal(CallbackException refusal) {
        String text = String.valueOf(refusal.getMessage());
        if (text.endsWith("again later")) {
            return text + ".";
        }
        return text + (refusal.code().retryable() ? ". Send it again later." : ". Do not send it again unchanged.");
    }
}
