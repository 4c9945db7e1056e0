package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.http.PayloadFormats;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.AttemptOutcome.TimedOut;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole service with an endpoint for each format, each with every fault that the test receiver knows, by chance. */
class FaultZooServiceTest {

    private static final String FAULTS = "delay=5ms@10%, reset@8%, garbage@8%, status=500@8%, status=404@4%,"
            + " redirect=http://127.0.0.1:1/@8%, drip=1b/20ms@4%, hang@4%";
    private static final int EVENTS = 200;
    private static final int RESOURCES = 40;
    private static final int ATTEMPTS = 2;

    private final Vertx vertx = Vertx.vertx();
    private final Vertx receiving = Vertx.vertx();
    private final CallbackVerticle callback = new CallbackVerticle();
    private final Map<String, Receiver> receivers = new LinkedHashMap<>();

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
        get(receiving.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void deploy() throws Exception {
        CallbackOptions options = new CallbackOptions()
                .setMemoryStore()
                .setRetryMax(ATTEMPTS - 1)
                .setRetryInterval(Duration.ofSeconds(1))
                .setTimeout(Duration.ofSeconds(2));
        for (String format : PayloadFormats.builtIn().names()) {
            ReceiverOptions faulty =
                    ReceiverOptions.onFreePort().withFaults(FAULTS).withSeed(receivers.size());
            Receiver receiver = get(Receiver.start(receiving, faulty));
            receivers.put(format, receiver);
            options.addEndpoint(new JsonObject()
                    .put("name", format)
                    .put("url", receiver.url())
                    .put("format", format));
        }
        get(vertx.deployVerticle(callback, options.toDeploymentOptions()));
    }

    private Set<String> sendAll() throws Exception {
        List<Future<JsonObject>> replies = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            int instance = 1 + i % RESOURCES;
            JsonObject snapshot =
                    new JsonObject().put("resource_uuid", "uuid-" + instance).put("metadata", new JsonObject());
            replies.add(callback.service()
                    .submit(new JsonObject()
                            .put("command", "action_vm '" + instance + "' 'state-" + i + "'")
                            .put("resource", snapshot)));
        }
        get(Future.all(replies));
        return replies.stream()
                .map(reply -> reply.result().getJsonArray("event_ids").getString(0))
                .collect(Collectors.toSet());
    }

    @Test
    void every_event_is_either_delivered_or_dead_in_every_format_and_each_attempt_is_in_the_log_once()
            throws Exception {
        deploy();
        Set<String> ids = sendAll();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(callback.service().stats().store().pending()).isZero());
        for (Map.Entry<String, Receiver> endpoint : receivers.entrySet()) {
            Set<String> dead = deadAt(endpoint.getKey());
            assertThat(dead).as("dead at %s", endpoint.getKey()).isNotEmpty();
            Map<String, List<LoggedAttempt>> attempts = attemptsAt(endpoint.getKey());
            assertThat(attempts.keySet()).isEqualTo(ids);
            for (String id : ids) {
                assertThat(isExact(attempts.get(id), endpoint.getValue().hasTaken(id), dead.contains(id)))
                        .as("%s at %s, attempts %s", id, endpoint.getKey(), attempts.get(id))
                        .isTrue();
            }
            long late = attempts.values().stream()
                    .flatMap(List::stream)
                    .filter(FaultZooServiceTest::isLate)
                    .count();
            assertThat(endpoint.getValue().report().outOfOrder())
                    .as("out of order at %s", endpoint.getKey())
                    .isZero();
            assertThat(endpoint.getValue().report().duplicate())
                    .as(
                            "duplicates at %s, where nothing but an answer that came too late may make one",
                            endpoint.getKey())
                    .isLessThanOrEqualTo(late);
        }
    }

    private Set<String> deadAt(String endpoint) throws Exception {
        return get(callback.service().deadLetters(10_000)).stream()
                .map(DeadLetter::delivery)
                .filter(delivery -> delivery.endpoint().equals(endpoint))
                .map(delivery -> delivery.event().id().value())
                .collect(Collectors.toSet());
    }

    private Map<String, List<LoggedAttempt>> attemptsAt(String endpoint) throws Exception {
        return get(callback.service().attempts(AttemptFilter.all(), 10_000)).stream()
                .filter(logged -> logged.endpoint().equals(endpoint))
                .sorted(Comparator.comparingInt(logged -> logged.attempt().number()))
                .collect(Collectors.groupingBy(LoggedAttempt::eventId));
    }

    private static boolean isLate(LoggedAttempt logged) {
        return logged.attempt().outcome() instanceof TimedOut;
    }

    /**
     * Numbered from 1 without a gap, all but the last failed, and the last as the receiver has it. Only where an attempt timed
     * out can the receiver have taken what it did not answer in time.
     */
    private static boolean isExact(List<LoggedAttempt> attempts, boolean taken, boolean dead) {
        boolean delivered = attempts.get(attempts.size() - 1).succeeded();
        return IntStream.range(0, attempts.size())
                        .allMatch(i -> attempts.get(i).attempt().number() == i + 1)
                && attempts.stream().filter(LoggedAttempt::succeeded).count() == (delivered ? 1 : 0)
                && dead != delivered
                && (delivered || attempts.size() == ATTEMPTS)
                && (taken == delivered || (taken && attempts.stream().anyMatch(FaultZooServiceTest::isLate)));
    }
}
