package io.cloudland.callback.cli.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Stands in for the service: takes commands, answers, and posts one event after the other. */
public class FakeService extends VerticleBase {

    private final Map<String, Long> sequences = new HashMap<>();
    private Future<Void> last = Future.succeededFuture();
    private HttpClient client;
    private String url;
    private long count;

    @Override
    public Future<?> start() {
        client = vertx.createHttpClient();
        url = config().getJsonObject("callback").getString("url");
        return vertx.eventBus()
                .<JsonObject>localConsumer("callback.commands", this::take)
                .completion();
    }

    private void take(Message<JsonObject> message) {
        String id = "evt_" + ++count;
        String resource = message.body().getJsonArray("args").getString(1);
        long sequence = sequences.merge(resource, 1L, Long::sum);
        for (int copy = 0; copy < copies(count); copy++) {
            last = last.compose(done -> post(id, resource, sequence));
        }
        message.reply(new JsonObject().put("status", "accepted").put("event_ids", JsonArray.of(id)));
    }

    /** How often the event of that number is posted. */
    int copies(long number) {
        return 1;
    }

    private Future<Void> post(String id, String resource, long sequence) {
        return client.request(new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url))
                .compose(request -> request.putHeader("webhook-id", id)
                        .putHeader("CloudLand-Sequence", Long.toString(sequence))
                        .send("{\"resource_id\":" + resource + "}"))
                .compose(HttpClientResponse::end);
    }

    /** A service that sends one event twice. */
    public static final class Stuttering extends FakeService {
        @Override
        int copies(long number) {
            return number == 150 ? 2 : 1;
        }
    }
}
