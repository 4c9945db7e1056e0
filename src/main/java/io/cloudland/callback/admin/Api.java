package io.cloudland.callback.admin;

import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control API: finds the operation that a request asks for. Knows nothing of what the request came through. A table
 * of its own instead of a router, because the thin jar has no web router and hosts should not get one for a dozen paths.
 */
final class Api {

    private static final Logger log = LoggerFactory.getLogger("admin");
    private static final String BASE = "/api/v1/";

    private final List<Route> routes;

    Api(ServiceControl control) {
        Reading reading = new Reading(control);
        DeadLetterActions actions = new DeadLetterActions(control);
        EndpointActions endpoints = new EndpointActions(control);
        this.routes = List.of(
                new Route("GET", BASE + "stats", (none, given) -> reading.stats(given)),
                new Route("POST", BASE + "commands", (none, given) -> new CommandAction(control).send(given)),
                new Route("GET", BASE + "deliveries", (none, given) -> reading.deliveries(given)),
                new Route("GET", BASE + "dead-letters", (none, given) -> reading.deadLetters(given)),
                new Route("GET", BASE + "dead-letters/*", reading::deadLetter),
                new Route("GET", BASE + "attempts", (none, given) -> reading.attempts(given)),
                new Route("POST", BASE + "replays", (none, given) -> actions.replay(given)),
                new Route("POST", BASE + "purges", (none, given) -> actions.purge(given)),
                new Route("GET", BASE + "endpoints", (none, given) -> endpoints.list(given)),
                new Route("POST", BASE + "pauses", (none, given) -> endpoints.pause(given)),
                new Route("POST", BASE + "resumes", (none, given) -> endpoints.resume(given)));
    }

    /**
     * Answers a request. Never fails.
     *
     * @param query the parameters of the address, decoded
     * @param body empty where there is none
     */
    Future<Answer> answer(String method, String path, Map<String, List<String>> query, String body) {
        List<Route> here =
                routes.stream().filter(route -> route.match(path).isPresent()).toList();
        if (here.isEmpty()) {
            return Future.succeededFuture(Answer.notFound("there is no " + path + "; there are " + paths()));
        }
        return here.stream()
                .filter(route -> route.method().equals(method))
                .findFirst()
                .map(route -> answer(route, path, query, body))
                .orElseGet(() -> Future.succeededFuture(wrongMethod(path, here)));
    }

    private String paths() {
        return routes.stream().map(Route::path).collect(Collectors.joining(", "));
    }

    private static Answer wrongMethod(String path, List<Route> here) {
        String methods = here.stream().map(Route::method).collect(Collectors.joining(" and "));
        return Answer.problem(405, "METHOD_NOT_ALLOWED", path + " takes " + methods);
    }

    private static Future<Answer> answer(Route route, String path, Map<String, List<String>> query, String body) {
        String segment = route.match(path).orElse("");
        if (!route.takesBody()) {
            return run(route, segment, Parameters.ofQuery(query));
        }
        if (!query.isEmpty()) {
            return Future.succeededFuture(
                    Answer.invalid("what a POST asks for stands in its body, not in its address"));
        }
        return bodyOf(body)
                .map(json -> run(route, segment, Parameters.ofBody(json)))
                .orElseGet(() -> Future.succeededFuture(Answer.invalid("the body is no JSON object")));
    }

    /** Also what an operation throws becomes an answer. */
    private static Future<Answer> run(Route route, String segment, Parameters given) {
        return Future.succeededFuture()
                .compose(now -> route.operation().answer(segment, given))
                .otherwise(Api::failed);
    }

    private static Answer failed(Throwable failure) {
        Answer answer = Answer.of(failure);
        if (answer.status() == 500) {
            log.error("A request to the control API failed", failure);
        }
        return answer;
    }

    private static Optional<JsonObject> bodyOf(String body) {
        try {
            JsonObject json = new JsonObject(body.isBlank() ? "{}" : body);
            return json.getMap() == null ? Optional.empty() : Optional.of(json); // The text null is read as that.
        } catch (DecodeException noObject) {
            return Optional.empty();
        }
    }
}
