package io.cloudland.callback.admin;

import io.cloudland.callback.model.DeadLetterFilter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** The operations that change dead letters. */
final class DeadLetterActions {

    private final ServiceControl control;

    DeadLetterActions(ServiceControl control) {
        this.control = control;
    }

    Future<Answer> replay(Parameters given) {
        return act(given, control::replay, "replayed");
    }

    Future<Answer> purge(Parameters given) {
        return act(given, control::purge, "purged");
    }

    private static Future<Answer> act(
            Parameters given, Function<DeadLetterFilter, Future<Long>> action, String participle) {
        boolean all = given.flag("all");
        DeadLetterFilter filter = Filters.deadLetters(given);
        if (!all && filter.equals(DeadLetterFilter.all())) {
            given.problem("say which: nothing is given, and that would be all of them; give \"all\": true for that");
        }
        if (all && !filter.equals(DeadLetterFilter.all())) {
            given.problem("'all' goes with no filter");
        }
        return given.ifValid(() ->
                action.apply(filter).map(count -> Answer.ok(new JsonObject().put(participle, count))));
    }
}
