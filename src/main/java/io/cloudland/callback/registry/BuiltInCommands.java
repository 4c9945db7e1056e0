package io.cloudland.callback.registry;

import static io.cloudland.callback.registry.StatusSource.always;
import static io.cloudland.callback.registry.StatusSource.argument;
import static io.cloudland.callback.registry.StatusSource.lookup;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceType;
import java.util.List;
import java.util.Optional;

/** The commands of the platform that change a monitored resource. */
final class BuiltInCommands {

    private static final Optional<String> ERROR = Optional.of("error");

    private BuiltInCommands() {}

    static List<CommandDefinition> all() {
        return List.of(
                command("launch_vm", ResourceType.INSTANCE, Action.CREATED, 1, argument(2)),
                command("action_vm", ResourceType.INSTANCE, Action.STATE_CHANGED, 1, argument(2)),
                command("clear_vm", ResourceType.INSTANCE, Action.DELETED, 1, always("deleted")),
                command("migrate_vm", ResourceType.INSTANCE, Action.MIGRATED, 3, lookup()),
                command("inst_status", ResourceType.INSTANCE, Action.STATE_CHANGED, StatusReportExtractor::extract),
                command("create_volume_local", ResourceType.VOLUME, Action.CREATED, 1, argument(3)),
                command("create_volume_wds_vhost", ResourceType.VOLUME, Action.CREATED, 1, argument(2)),
                command("attach_volume_local", ResourceType.VOLUME, Action.ATTACHED, 2, lookup()),
                command("attach_volume_wds_vhost", ResourceType.VOLUME, Action.ATTACHED, 2, lookup()),
                command("detach_volume", ResourceType.VOLUME, Action.DETACHED, 2, lookup()),
                command("detach_volume_local", ResourceType.VOLUME, Action.DETACHED, 2, lookup()),
                command("detach_volume_wds_vhost", ResourceType.VOLUME, Action.DETACHED, 2, lookup()),
                command("resize_volume", ResourceType.VOLUME, Action.RESIZED, 1, BuiltInCommands::resizeStatus),
                command("create_image", ResourceType.IMAGE, Action.CREATED, 1, argument(2)),
                command("capture_image", ResourceType.IMAGE, Action.CAPTURED, 1, argument(2)),
                command("attach_vm_nic", ResourceType.INTERFACE, Action.ATTACHED, NicExtractor::attach),
                command("detach_vm_nic", ResourceType.INTERFACE, Action.DETACHED, NicExtractor::detach));
    }

    private static CommandDefinition command(
            String name, ResourceType type, Action action, int idArg, StatusSource status) {
        return command(name, type, action, MentionExtractor.byId(type, idArg, status));
    }

    private static CommandDefinition command(
            String name, ResourceType type, Action action, MentionExtractor extractor) {
        return new CommandDefinition(name, type, action, extractor);
    }

    /** {@code resize_volume <id> success} leaves the volume what it was before, attached or available. */
    private static Optional<String> resizeStatus(CommandMessage command) {
        return command.arg(2).equals(ERROR) ? ERROR : Optional.empty();
    }
}
