package io.cloudland.callback.ingest;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.registry.CommandResult;
import io.vertx.core.json.JsonObject;

/** What was decided about one command that came in, by whatever way. */
public sealed interface CommandVerdict {

    /** It was taken in, or rightly makes no event. */
    record Taken(CommandResult result) implements CommandVerdict {

        /**
         * The answer to its sender: {@code {"status": "accepted", "event_ids": [...]}} with what else there is to tell, or
         * {@code {"status": "ignored", "reason": ...}}.
         */
        public JsonObject reply() {
            return Replies.of(result);
        }
    }

    /** Nothing was kept of it, or not all; whether to send it again is the code's to say. */
    record Refused(CallbackException refusal) implements CommandVerdict {

        /** The text of the refusal; it ends with whether to send the command again. */
        public String text() {
            return Replies.refusal(refusal);
        }
    }
}
