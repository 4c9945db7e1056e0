package io.cloudland.callback.admin;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.LoggedAttempt;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/** A service that knows what a test tells it, and notes which filters it was asked with. */
public final class FakeControl implements ServiceControl {

    public final List<JsonObject> commands = new ArrayList<>();
    public volatile Function<JsonObject, JsonObject> answer =
            message -> new JsonObject().put("status", "ignored").put("reason", "unchanged");

    public final List<Delivery> open = new CopyOnWriteArrayList<>();
    public final List<DeadLetter> dead = new CopyOnWriteArrayList<>();
    public final List<LoggedAttempt> tried = new CopyOnWriteArrayList<>();
    public final Map<String, EndpointStatus> endpoints = new ConcurrentSkipListMap<>();
    public final List<Object> filters = new CopyOnWriteArrayList<>();
    public volatile Optional<CallbackException> failure = Optional.empty();

    @Override
    public JsonObject counts() {
        return new JsonObject().put("enabled", true).put("pending", open.size()).put("dead", dead.size());
    }

    @Override
    public Future<JsonObject> command(JsonObject message) {
        commands.add(message);
        return Future.succeededFuture(answer.apply(message));
    }

    @Override
    public Future<List<Delivery>> deliveries(DeliveryFilter filter, int limit) {
        return answer(filter, found(open, filter::matches, limit));
    }

    @Override
    public Future<List<DeadLetter>> deadLetters(DeadLetterFilter filter, int limit) {
        return answer(filter, found(dead, filter::matches, limit));
    }

    @Override
    public Future<List<LoggedAttempt>> attempts(AttemptFilter filter, int limit) {
        return answer(filter, found(tried, filter::matches, limit));
    }

    @Override
    public Future<Long> replay(DeadLetterFilter filter) {
        return answer(filter, take(filter));
    }

    @Override
    public Future<Long> purge(DeadLetterFilter filter) {
        return answer(filter, take(filter));
    }

    @Override
    public List<EndpointStatus> endpoints() {
        return List.copyOf(endpoints.values());
    }

    @Override
    public Optional<EndpointStatus> pauseEndpoint(String name) {
        return Optional.ofNullable(endpoints.computeIfPresent(name, (same, before) -> AdminSamples.paused(same)));
    }

    @Override
    public Optional<EndpointStatus> resumeEndpoint(String name) {
        return Optional.ofNullable(endpoints.computeIfPresent(name, (same, before) -> EndpointStatus.active(same, 0)));
    }

    private long take(DeadLetterFilter filter) {
        List<DeadLetter> matching = found(dead, filter::matches, Integer.MAX_VALUE);
        if (failure.isEmpty()) {
            dead.removeAll(matching);
        }
        return matching.size();
    }

    private static <T> List<T> found(List<T> all, Predicate<T> matches, int limit) {
        return all.stream().filter(matches).limit(limit).toList();
    }

    private <T> Future<T> answer(Object filter, T value) {
        filters.add(filter);
        return failure.<Future<T>>map(Future::failedFuture).orElseGet(() -> Future.succeededFuture(value));
    }
}
