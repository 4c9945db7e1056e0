package io.cloudland.callback.cli.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** The endpoints of the sink that can fall ill; the end of the path says how. */
final class BadEndpoint {

    static final List<String> PATHS = List.of("/bad/hang", "/bad/drip", "/bad/reset", "/bad/status-500");

    private static final long DRIP_MILLIS = 250;

    private BadEndpoint() {}

    /** Treats a request whose body has come in. */
    static void answer(Vertx vertx, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        switch (String.valueOf(request.path())) {
            case "/bad/hang" -> {} // Never answered.
            case "/bad/drip" -> drip(vertx, response);
            case "/bad/reset" -> request.connection().close();
            default -> response.setStatusCode(500).end("{\"error\":\"bench\"}");
        }
    }

    private static void drip(Vertx vertx, HttpServerResponse response) {
        response.setChunked(true).write(".");
        long timer = vertx.setPeriodic(DRIP_MILLIS, tick -> response.write("."));
        response.closeHandler(closed -> vertx.cancelTimer(timer));
        response.exceptionHandler(broken -> vertx.cancelTimer(timer));
    }
}
