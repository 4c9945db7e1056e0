package io.cloudland.callback.cli.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Locale;

/** The baseline: posts ready-made event bodies with the service's headers, and does nothing else. */
final class BareLoop {

    private static final String TIME = "2026-11-24T10:08:14.123456Z";

    private final HttpClient client;
    private final RequestOptions target;
    private final Fleet fleet;
    private final List<Buffer> bodies;
    private final long[] sequences;
    private long sent;

    BareLoop(Vertx vertx, SenderSettings settings) {
        client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(settings.inFlight()));
        target = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(settings.urls().get(0));
        fleet = new Fleet(settings.resources());
        bodies = fleet.eventBodies();
        sequences = new long[settings.resources()];
    }

    /** Posts one event; completes with its id once the sink has answered 200. */
    Future<String> post() {
        String id = String.format(Locale.ROOT, "evt_00000000-0000-0000-0000-%012d", ++sent);
        Fleet.Instance instance = fleet.next();
        long sequence = ++sequences[instance.index()];
        return client.request(target)
                .compose(request -> withHeaders(request, id, sequence).send(bodies.get(instance.index())))
                .compose(BareLoop::ended)
                .map(done -> id);
    }

    private static HttpClientRequest withHeaders(HttpClientRequest request, String id, long sequence) {
        return request.putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", "CloudLand-Callback/1.0")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", "1795687694")
                .putHeader("CloudLand-Sequence", Long.toString(sequence))
                .putHeader("CloudLand-Epoch", "00000000")
                .putHeader("CloudLand-Attempt", "1")
                .putHeader("CloudLand-Recorded-At", TIME);
    }

    private static Future<Void> ended(HttpClientResponse response) {
        return response.statusCode() == 200
                ? response.end()
                : Future.failedFuture("the sink answered HTTP " + response.statusCode());
    }
}
