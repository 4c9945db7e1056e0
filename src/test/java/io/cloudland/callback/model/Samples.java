package io.cloudland.callback.model;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Small true-to-life values for tests. */
public final class Samples {

    public static final Instant AT = Instant.parse("2025-10-30T10:30:00Z");

    private Samples() {}

    public static ResourceRef instance(long id) {
        return new ResourceRef(ResourceType.INSTANCE, id);
    }

    public static ResourceChange change(ResourceRef resource, String status) {
        return change(resource, status, Action.STATE_CHANGED);
    }

    public static ResourceChange change(ResourceRef resource, String status, Action action) {
        return new ResourceChange(
                resource,
                "550e8400-e29b-41d4-a716-" + String.format(Locale.ROOT, "%012d", resource.id()),
                status,
                action,
                "action_vm",
                AT,
                Optional.empty(),
                Optional.empty(),
                Map.of("hostname", "vm-" + resource.id()));
    }

    public static ResourceChangeEvent event(ResourceRef resource, String status, long sequence) {
        return new ResourceChangeEvent(
                EventId.random(), change(resource, status), Optional.empty(), sequence, "epoch", AT);
    }

    public static Payload payload(String body) {
        return new Payload("application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    public static Delivery delivery(long position, ResourceRef resource, long sequence) {
        return new Delivery(position, event(resource, "running", sequence), "default", payload("{}"), 0, AT);
    }

    public static Attempt attempt(int number, AttemptOutcome outcome) {
        return new Attempt(number, AT, Duration.ofMillis(12), outcome);
    }

    public static Endpoint endpoint(String url) {
        return new Endpoint(
                "default",
                URI.create(url),
                "resource-change",
                Optional.empty(),
                Duration.ofSeconds(30),
                3,
                Duration.ofSeconds(5),
                64,
                false);
    }
}
