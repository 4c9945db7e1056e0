package io.cloudland.callback.registry;

import io.cloudland.callback.config.CommandConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The commands that change monitored resources, by name. Immutable: adding gives a new registry.
 *
 * <p>It begins with the platform's own commands. A host adds one that names its resource in a way of its own like this:
 *
 * <pre>{@code
 * CommandRegistry commands = CommandRegistry.builtIn().with(new CommandDefinition(
 *     "bind_floating_ip",
 *     ResourceType.FLOATING_IP,
 *     Action.ATTACHED,
 *     command -> Extraction.of(Mention.of(
 *         CommandArguments.resource(command, 2, ResourceType.FLOATING_IP), Optional.of("bound")))));
 * }</pre>
 */
public final class CommandRegistry {

    private final Map<String, CommandDefinition> byName;

    private CommandRegistry(Map<String, CommandDefinition> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** The platform's own commands. */
    public static CommandRegistry builtIn() {
        Map<String, CommandDefinition> byName = new HashMap<>();
        BuiltInCommands.all().forEach(definition -> byName.put(definition.name(), definition));
        return new CommandRegistry(byName);
    }

    /** These commands and one more; it replaces one of the same name. */
    public CommandRegistry with(CommandDefinition definition) {
        Map<String, CommandDefinition> more = new HashMap<>(byName);
        more.put(definition.name(), definition);
        return new CommandRegistry(more);
    }

    /** These commands and the configured ones, which replace those of the same name. */
    public CommandRegistry withConfigured(Map<String, CommandConfig> configured) {
        Map<String, CommandDefinition> more = new HashMap<>(byName);
        configured.forEach((name, command) -> more.put(name, definition(name, command)));
        return new CommandRegistry(more);
    }

    private static CommandDefinition definition(String name, CommandConfig command) {
        StatusSource status = command.statusArg().isPresent()
                ? StatusSource.argument(command.statusArg().getAsInt())
                : StatusSource.lookup();
        return new CommandDefinition(
                name,
                command.resourceType(),
                command.action(),
                MentionExtractor.byId(command.resourceType(), command.idArg(), status));
    }

    /** Whether a command of that name changes a monitored resource. */
    public boolean isRegistered(String name) {
        return byName.containsKey(name);
    }

    @Nullable
    CommandDefinition get(String name) {
        return byName.get(name);
    }
}
