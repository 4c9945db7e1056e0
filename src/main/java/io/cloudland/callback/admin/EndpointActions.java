package io.cloudland.callback.admin;

import io.cloudland.callback.model.EndpointStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/** The operations that tell where endpoints stand, and hold them back or let them go on. */
final class EndpointActions {

    private static final String ENDPOINT = "endpoint";

    private final ServiceControl control;

    EndpointActions(ServiceControl control) {
        this.control = control;
    }

    Future<Answer> list(Parameters given) {
        return given.ifValid(() -> Future.succeededFuture(Answer.ok(new JsonObject()
                .put(
                        "endpoints",
                        new JsonArray(control.endpoints().stream()
                                .map(Views::endpoint)
                                .toList())))));
    }

    Future<Answer> pause(Parameters given) {
        return act(given, control::pauseEndpoint);
    }

    Future<Answer> resume(Parameters given) {
        return act(given, control::resumeEndpoint);
    }

    private Future<Answer> act(Parameters given, Function<String, Optional<EndpointStatus>> action) {
        Optional<String> name = given.text(ENDPOINT);
        if (name.isEmpty()) {
            given.problem("'" + ENDPOINT + "' is missing: say which");
        }
        return given.ifValid(() -> Future.succeededFuture(action.apply(name.orElseThrow())
                .map(status -> Answer.ok(Views.endpoint(status)))
                .orElseGet(() -> none(name.orElseThrow()))));
    }

    private Answer none(String name) {
        return Answer.notFound("there is no enabled endpoint " + name + "; there are "
                + control.endpoints().stream()
                        .filter(status -> status.state() != EndpointStatus.State.DISABLED)
                        .map(EndpointStatus::name)
                        .toList());
    }
}
