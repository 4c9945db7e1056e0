package io.cloudland.callback.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.PrintStream;
import java.util.List;

/** Posts the sample events one after the other and prints each answer. */
final class SampleSender {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int BODY_SHOWN = 500;

    private final WebClient client;
    private final PrintStream out;

    SampleSender(Vertx vertx, PrintStream out) {
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setFollowRedirects(false)
                        .setConnectTimeout(TIMEOUT_MILLIS)
                        .setUserAgent("CloudLand-Callback/1.0"));
        this.out = out;
    }

    /** Completes with whether every event was answered 2xx. */
    Future<Boolean> send(String url) {
        List<JsonObject> events = SampleEvents.all();
        Future<Integer> taken = Future.succeededFuture(0);
        for (int i = 0; i < events.size(); i++) {
            JsonObject event = events.get(i);
            String title = (i + 1) + "/" + events.size() + "  " + title(event);
            taken = taken.compose(count -> post(url, event, title).map(ok -> ok ? count + 1 : count));
        }
        return taken.map(count -> summarize(count, events.size()));
    }

    private Future<Boolean> post(String url, JsonObject event, String title) {
        return client.postAbs(url)
                .timeout(TIMEOUT_MILLIS)
                .sendJsonObject(event)
                .map(answer -> answered(answer, title))
                .otherwise(failure -> failed(failure, title));
    }

    private boolean answered(HttpResponse<Buffer> answer, String title) {
        String body = answer.bodyAsString() == null ? "" : answer.bodyAsString().strip();
        out.println(title + ": HTTP " + answer.statusCode() + "  " + shortened(body));
        return answer.statusCode() / 100 == 2;
    }

    private boolean failed(Throwable failure, String title) {
        out.println(title + ": no answer: " + Failures.text(failure));
        return false;
    }

    private boolean summarize(int taken, int sent) {
        out.println(taken + " of " + sent + " sample events were answered 2xx");
        return taken == sent;
    }

    private static String title(JsonObject event) {
        return event.getString("resource_type") + "/" + event.getValue("resource_id") + " "
                + event.getString("previous_status", "-") + " → " + event.getString("status");
    }

    private static String shortened(String body) {
        return body.length() <= BODY_SHOWN ? body : body.substring(0, BODY_SHOWN) + "...";
    }
}
