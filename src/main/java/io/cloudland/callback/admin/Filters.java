package io.cloudland.callback.admin;

import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the filters of the model out of parameters. */
final class Filters {

    private Filters() {}

    /** A resource's type and id, each of which may be left open. */
    private record Meant(Optional<ResourceType> type, OptionalLong id) {

        /** {@code resource} names both; beside it {@code type} may only say the same. */
        static Meant of(Parameters given) {
            Optional<ResourceType> type = given.type("type");
            Optional<ResourceRef> resource = given.resource("resource");
            if (resource.isEmpty()) {
                return new Meant(type, OptionalLong.empty());
            }
            if (type.isPresent() && type.get() != resource.get().type()) {
                given.problem("'resource' " + resource.get() + " is not of 'type' "
                        + type.get().wireName() + "; leave 'type' out");
            }
            return new Meant(
                    Optional.of(resource.get().type()),
                    OptionalLong.of(resource.get().id()));
        }
    }

    static DeadLetterFilter deadLetters(Parameters given) {
        Meant resource = Meant.of(given);
        return new DeadLetterFilter(
                given.text("event"),
                given.text("endpoint"),
                resource.type(),
                resource.id(),
                given.text("status"),
                given.time("since"),
                given.time("until"),
                given.text("reason"));
    }

    static DeliveryFilter deliveries(Parameters given) {
        Meant resource = Meant.of(given);
        return new DeliveryFilter(
                given.text("event"),
                given.text("endpoint"),
                resource.type(),
                resource.id(),
                given.word("state", Map.of(Views.PENDING, false, Views.WAITING_FOR_RETRY, true)));
    }

    static AttemptFilter attempts(Parameters given) {
        Meant resource = Meant.of(given);
        return new AttemptFilter(
                given.text("event"),
                given.text("endpoint"),
                resource.type(),
                resource.id(),
                given.time("since"),
                given.time("until"),
                given.word("outcome", Map.of("delivered", true, "failed", false)));
    }
}
