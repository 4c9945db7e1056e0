package io.cloudland.callback;

import io.cloudland.callback.admin.ServiceControl;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.ingest.http.HttpIngestCounts;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.Inbox;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link CallbackService} of one deployment, for its host and for the control API. Any thread. */
final class RunningService implements CallbackService, ServiceControl {

    private static final Logger log = LoggerFactory.getLogger("callback");

    /** A command that is kept while its lookup is away must not be told as failed. */
    private static final long NEVER_MILLIS = Duration.ofDays(3_650).toMillis();

    private final Vertx vertx;
    private final String address;
    private final EventStore store;
    private final EndpointControl endpoints;
    private final CommandCounters commands;
    private final HttpIngestCounts http;
    private final AtomicBoolean enabled;

    RunningService(
            Vertx vertx,
            String address,
            EventStore store,
            EndpointControl endpoints,
            CommandCounters commands,
            HttpIngestCounts http,
            AtomicBoolean enabled) {
        this.vertx = vertx;
        this.address = address;
        this.store = store;
        this.endpoints = endpoints;
        this.commands = commands;
        this.http = http;
        this.enabled = enabled;
    }

    @Override
    public Future<JsonObject> submit(JsonObject command) {
        DeliveryOptions here = new DeliveryOptions().setLocalOnly(true).setSendTimeout(NEVER_MILLIS);
        return vertx.eventBus().<JsonObject>request(address, command, here).map(Message::body);
    }

    @Override
    public Future<JsonObject> command(JsonObject message) {
        return submit(message)
                .recover(failure -> failure instanceof ReplyException refusal
                        ? Future.succeededFuture(refused(refusal))
                        : Future.failedFuture(failure));
    }

    private static JsonObject refused(ReplyException refusal) {
        boolean retry = Stream.of(ErrorCode.values())
                .anyMatch(code -> code.number() == refusal.failureCode() && code.retryable());
        return new JsonObject()
                .put("status", "refused")
                .put("code", refusal.failureCode())
                .put("reason", String.valueOf(refusal.getMessage()))
                .put("retry", retry);
    }

    @Override
    public void setEnabled(boolean on) {
        if (enabled.getAndSet(on) != on) {
            log.info(
                    "Commands on {} {}",
                    address,
                    on ? "become events again" : "are ignored from now on (enabled = false)");
        }
    }

    @Override
    public boolean isEnabled() {
        return enabled.get();
    }

    @Override
    public CallbackStats stats() {
        return new CallbackStats(
                enabled.get(),
                commands.acceptedCount(),
                commands.ignoredCount(),
                commands.refusedCount(),
                store.inbox().map(Inbox::size).orElse(0L),
                commands.keptRefusedCount(),
                http.unaccepted(),
                http.lost(),
                store.stats());
    }

    @Override
    public List<EndpointStatus> endpoints() {
        return endpoints.statuses();
    }

    @Override
    public Optional<EndpointStatus> pauseEndpoint(String name) {
        return endpoints.pause(name);
    }

    @Override
    public Optional<EndpointStatus> resumeEndpoint(String name) {
        return endpoints.resume(name);
    }

    @Override
    public JsonObject counts() {
        return stats().toJson();
    }

    @Override
    public Future<List<DeadLetter>> deadLetters(DeadLetterFilter filter, int limit) {
        return store.records().deadLetters(filter, limit);
    }

    @Override
    public Future<Long> replay(DeadLetterFilter filter) {
        return store.records().replay(filter, endpoints::has).compose(ReplayAnswer::of);
    }

    @Override
    public Future<Long> purge(DeadLetterFilter filter) {
        return store.records().purge(filter).onSuccess(count -> log.info("{} dead letters were purged", count));
    }

    @Override
    public Future<List<Delivery>> deliveries(DeliveryFilter filter, int limit) {
        return store.records().deliveries(filter, limit);
    }

    @Override
    public Future<List<LoggedAttempt>> attempts(AttemptFilter filter, int limit) {
        return store.records().attempts(filter, limit);
    }
}
