package io.cloudland.callback.ingest.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.ingest.CommandVerdict;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Words verdicts as HTTP does. */
final class TapAnswers {

    /** Commands of one request ended in different ways: each answer says how. */
    private static final int MULTI_STATUS = 207;

    private TapAnswers() {}

    /** The status of one verdict: 429 and 503 mean that the same can be sent again. */
    static int status(CommandVerdict verdict) {
        return verdict instanceof CommandVerdict.Refused refused
                ? status(refused.refusal().code())
                : 200;
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case QUEUE_FULL -> 429;
            case INTERNAL -> 500;
            case RESOURCE_UNKNOWN, INVALID_SNAPSHOT -> 422;
            default -> code.retryable() ? 503 : 400;
        };
    }

    /** The status of all of them: theirs where they agree. */
    static int status(List<CommandVerdict> verdicts) {
        List<Integer> statuses =
                verdicts.stream().map(TapAnswers::status).distinct().toList();
        if (statuses.isEmpty()) {
            return 200;
        }
        return statuses.size() == 1 ? statuses.get(0) : MULTI_STATUS;
    }

    /** Whether at least one of them can be sent again. */
    static boolean isRetryable(List<CommandVerdict> verdicts) {
        return verdicts.stream()
                .anyMatch(verdict -> verdict instanceof CommandVerdict.Refused refused
                        && refused.refusal().code().retryable());
    }

    static JsonObject answer(CommandVerdict verdict) {
        return verdict instanceof CommandVerdict.Refused refused
                ? refusal(refused)
                : ((CommandVerdict.Taken) verdict).reply();
    }

    private static JsonObject refusal(CommandVerdict.Refused refused) {
        CallbackException refusal = refused.refusal();
        return new JsonObject()
                .put("status", "refused")
                .put("code", refusal.code().number())
                .put("reason", refused.text())
                .put("retry", refusal.code().retryable());
    }

    /** The answer to a request that was not read as commands. */
    static JsonObject problem(String reason, boolean retry) {
        return new JsonObject().put("status", "refused").put("reason", reason).put("retry", retry);
    }
}
