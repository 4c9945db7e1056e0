package io.cloudland.callback.admin;

import static io.cloudland.callback.model.Samples.AT;
import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.payload;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import java.util.List;
import java.util.Optional;

/** What a service under test knows. */
public final class AdminSamples {

    public static final String BODY = "{\"resource_type\":\"instance\",\"status\":\"running\"}";

    private AdminSamples() {}

    public static Delivery delivery(String eventId, ResourceRef resource, int attemptsMade) {
        ResourceChangeEvent event = new ResourceChangeEvent(
                new EventId(eventId), change(resource, "running"), Optional.of("pending"), 2, "epoch-1", AT);
        return new Delivery(7, event, "default", payload(BODY), attemptsMade, AT.plusSeconds(5));
    }

    public static DeadLetter deadLetter(String eventId, ResourceRef resource, String reason) {
        Attempt last = attempt(4, new AttemptOutcome.Answered(503, "try later"));
        return new DeadLetter(
                delivery(eventId, resource, 4), last, reason, AT.plusSeconds(60), List.of(AT, AT.plusSeconds(15)));
    }

    public static EndpointStatus paused(String name) {
        return new EndpointStatus(
                name, EndpointStatus.State.PAUSED, Optional.of(AT), Optional.empty(), "paused by hand", 2, 0);
    }

    public static LoggedAttempt logged(String eventId, ResourceRef resource, boolean delivered) {
        AttemptOutcome outcome = delivered
                ? new AttemptOutcome.Answered(200, "")
                : new AttemptOutcome.Failed("connection refused by 127.0.0.1:8080");
        DeliveryState became = delivered ? DeliveryState.DELIVERED : DeliveryState.WAITING_FOR_RETRY;
        return new LoggedAttempt(eventId, "default", resource, 2, attempt(1, outcome), became);
    }
}
