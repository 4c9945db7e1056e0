package io.cloudland.callback.cli.control;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which dead letters a request is to act on, as the service reads it. Pure. */
final class Selection {

    private Selection() {}

    /** Refuses to take nothing for everything; the service would do so too. */
    static JsonObject of(Map<String, String> filter, @Nullable String event, boolean all) {
        if (filter.isEmpty() && event == null && !all) {
            throw Refusal.ofWrongCall(
                    "say which dead letters: an event id, a filter such as --type or --since, or --all");
        }
        JsonObject selection = new JsonObject();
        filter.forEach(selection::put);
        if (event != null) {
            selection.put("event", event);
        }
        return all ? selection.put("all", true) : selection;
    }

    /** The count in words, for example {@code 1 dead letter is}. */
    static String count(long count) {
        return count == 1 ? "1 dead letter is" : count + " dead letters are";
    }
}
