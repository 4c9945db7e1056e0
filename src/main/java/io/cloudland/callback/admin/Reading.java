package io.cloudland.callback.admin;

import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.DeliveryFilter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** The operations that only tell. */
final class Reading {

    private final ServiceControl control;

    Reading(ServiceControl control) {
        this.control = control;
    }

    Future<Answer> stats(Parameters given) {
        return given.ifValid(() -> Future.succeededFuture(Answer.ok(control.counts())));
    }

    Future<Answer> deliveries(Parameters given) {
        DeliveryFilter filter = Filters.deliveries(given);
        int limit = given.limit();
        return given.ifValid(() ->
                control.deliveries(filter, limit + 1).map(found -> list("deliveries", found, limit, Views::delivery)));
    }

    Future<Answer> deadLetters(Parameters given) {
        DeadLetterFilter filter = Filters.deadLetters(given);
        int limit = given.limit();
        return given.ifValid(() -> control.deadLetters(filter, limit + 1)
                .map(found -> list("dead_letters", found, limit, Views::deadLetter)));
    }

    Future<Answer> attempts(Parameters given) {
        AttemptFilter filter = Filters.attempts(given);
        int limit = given.limit();
        return given.ifValid(
                () -> control.attempts(filter, limit + 1).map(found -> list("attempts", found, limit, Views::attempt)));
    }

    /** One more than may be shown was asked for: so it is known whether there are more. */
    private static <T> Answer list(String name, List<T> found, int limit, Function<T, JsonObject> view) {
        JsonArray shown = new JsonArray(found.stream().limit(limit).map(view).toList());
        return Answer.ok(new JsonObject().put(name, shown).put("more", found.size() > limit));
    }

    /** An event that died for several endpoints has as many dead letters. */
    Future<Answer> deadLetter(String eventId, Parameters given) {
        return given.ifValid(() -> control.deadLetters(DeadLetterFilter.ofEvent(eventId), Parameters.MAX_LIMIT)
                .map(found -> found.isEmpty() ? none(eventId) : whole(found)));
    }

    private static Answer none(String eventId) {
        return Answer.notFound("there is no dead letter of event " + eventId
                + ": it was delivered, is still open, was deleted, or never was");
    }

    private static Answer whole(List<DeadLetter> letters) {
        return Answer.ok(new JsonObject()
                .put(
                        "dead_letters",
                        new JsonArray(
                                letters.stream().map(Views::wholeDeadLetter).toList())));
    }
}
