package io.cloudland.callback.http;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.ConnectionOptions;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Makes the events, deliveries and endpoints that the tests of this room need. */
final class Deliveries {

    static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private Deliveries() {}

    static ResourceChangeEvent event(Map<String, Object> metadata) {
        return event(metadata, Instant.parse("2025-10-30T10:30:00Z"));
    }

    static ResourceChangeEvent event(Map<String, Object> metadata, Instant occurredAt) {
        ResourceChange change = new ResourceChange(
                new ResourceRef(ResourceType.INSTANCE, 123),
                "550e8400-e29b-41d4-a716-446655440000",
                "running",
                Action.CREATED,
                "launch_vm",
                occurredAt,
                Optional.empty(),
                Optional.empty(),
                metadata);
        return new ResourceChangeEvent(
                new EventId("evt_1"),
                change,
                Optional.of("pending"),
                7,
                "epoch-1",
                Instant.parse("2025-10-30T10:30:01Z"));
    }

    static Delivery delivery() {
        return delivery(new ResourceChangeFormat().render(event(Map.of("hostname", "虚拟机"))));
    }

    static Delivery delivery(Payload payload) {
        return new Delivery(1, event(Map.of()), "default", payload, 0, Instant.EPOCH);
    }

    static Endpoint endpoint(String url) {
        return endpoint(url, LONG_ENOUGH, false);
    }

    static Endpoint endpoint(String url, Duration timeout, boolean skipVerify) {
        return new Endpoint(
                "default",
                URI.create(url),
                ResourceChangeFormat.NAME,
                Optional.of(new Secret("key-1")),
                timeout,
                3,
                Duration.ofSeconds(5),
                10,
                skipVerify);
    }

    static Endpoint endpoint(String url, ConnectionOptions connection) {
        return endpoint(url, LONG_ENOUGH, false, connection);
    }

    static Endpoint endpoint(String url, Duration timeout, boolean skipVerify, ConnectionOptions connection) {
        Endpoint plain = endpoint(url, timeout, skipVerify);
        return new Endpoint(
                plain.name(),
                plain.url(),
                plain.format(),
                plain.apiKey(),
                plain.timeout(),
                plain.retries(),
                plain.maxInFlight(),
                plain.tlsInsecureSkipVerify(),
                plain.enabled(),
                plain.filter(),
                plain.headers(),
                plain.secrets(),
                connection,
                FlowSettings.UNLIMITED);
    }
}
