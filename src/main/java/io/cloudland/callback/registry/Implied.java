package io.cloudland.callback.registry;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a command says about its resource by being executed, where no lookup tells: a volume that was attached is attached,
 * to the instance that the command names. Without it the last known state would be sent as if nothing had happened. Pure.
 */
final class Implied {

    private Implied() {}

    /** The status that the command leads to, where it is always the same. */
    static Optional<String> status(CommandDefinition definition) {
        if (definition.resourceType() != ResourceType.VOLUME) {
            return Optional.empty();
        }
        return switch (definition.action()) {
            case ATTACHED -> Optional.of("attached");
            case DETACHED -> Optional.of("available");
            default -> Optional.empty();
        };
    }

    /** The last known metadata with what the command changed of it. */
    static Map<String, Object> metadata(
            CommandDefinition definition, CommandMessage command, Map<String, Object> lastKnown) {
        if (status(definition).isEmpty()) {
            return lastKnown;
        }
        boolean attached = definition.action() == Action.ATTACHED;
        Map<String, Object> changed = new LinkedHashMap<>(lastKnown);
        changed.computeIfPresent("instance_id", (key, before) -> attached ? instanceOf(command, before) : 0);
        changed.computeIfPresent(
                "target", (key, before) -> attached ? command.arg(3).orElse("") : "");
        return changed;
    }

    private static Object instanceOf(CommandMessage command, Object before) {
        String id = command.arg(1).orElse("");
        return id.matches("[0-9]{1,18}") ? (Object) Long.valueOf(id) : before;
    }
}
