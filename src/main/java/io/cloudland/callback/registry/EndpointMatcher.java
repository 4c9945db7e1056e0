package io.cloudland.callback.registry;

import io.cloudland.callback.model.Choice;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EventFilter;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which endpoints are owed an event: those that are enabled and whose filter takes it. Pure. */
final class EndpointMatcher {

    private final List<Endpoint> enabled;

    EndpointMatcher(List<Endpoint> endpoints) {
        this.enabled = endpoints.stream().filter(Endpoint::enabled).toList();
    }

    /** The names of the endpoints that are owed {@code event}, in the order of the configuration. */
    List<String> match(ResourceChangeEvent event) {
        List<String> names = new ArrayList<>(enabled.size());
        for (Endpoint endpoint : enabled) {
            if (endpoint.filter().isEverything() || takes(endpoint.filter(), event)) {
                names.add(endpoint.name());
            }
        }
        return names;
    }

    private static boolean takes(EventFilter filter, ResourceChangeEvent event) {
        ResourceChange change = event.change();
        return takes(filter.resourceType(), change.resource().type())
                && takes(filter.command(), change.command())
                && takes(filter.action(), change.action())
                && takes(filter.status(), change.status())
                && takesKnown(filter.tenantId(), change.tenantId())
                && takesKnown(filter.region(), change.region())
                && takesTransition(filter.transition(), event);
    }

    private static <T> boolean takes(Choice<T> choice, T value) {
        return (choice.wanted().isEmpty() || choice.wanted().contains(value))
                && !choice.unwanted().contains(value);
    }

    /** What an event does not tell is none of the wanted, and none of the unwanted. */
    private static <T> boolean takesKnown(Choice<T> choice, Optional<T> value) {
        return value.map(known -> takes(choice, known)).orElse(choice.wanted().isEmpty());
    }

    private static boolean takesTransition(Choice<Transition> choice, ResourceChangeEvent event) {
        return (choice.wanted().isEmpty() || isAnyOf(choice.wanted(), event)) && !isAnyOf(choice.unwanted(), event);
    }

    private static boolean isAnyOf(Set<Transition> patterns, ResourceChangeEvent event) {
        String before = event.previousStatus().orElse(Transition.NONE);
        String after = event.change().status();
        for (Transition pattern : patterns) {
            if (is(pattern, before, after)) {
                return true;
            }
        }
        return false;
    }

    /** A status that stays is a transition only for a pattern that names it on both sides. */
    private static boolean is(Transition pattern, String before, String after) {
        if (before.equals(after)) {
            return pattern.from().equals(before) && pattern.to().equals(after);
        }
        return isSide(pattern.from(), before) && isSide(pattern.to(), after);
    }

    private static boolean isSide(String side, String status) {
        return side.equals(Transition.ANY) || side.equals(status);
    }
}
