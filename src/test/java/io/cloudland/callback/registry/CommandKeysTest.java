package io.cloudland.callback.registry;

import static io.cloudland.callback.registry.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.store.CommandKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandKeysTest {

    private static List<Optional<CommandKey>> keysOf(Optional<String> id, String line) {
        CommandMessage plain = command(line);
        CommandMessage command =
                new CommandMessage(id, plain.name(), plain.args(), plain.failed(), plain.snapshot(), plain.timestamp());
        CommandDefinition definition =
                Objects.requireNonNull(CommandRegistry.builtIn().get(plain.name()));
        return CommandKeys.of(command, definition.extractor().extract(command).mentions());
    }

    private static CommandKey key(String mention) {
        return new CommandKey("op-1", mention);
    }

    @Test
    void a_command_without_id_has_none() {
        assertThat(keysOf(Optional.empty(), "inst_status '3' '1 running 2 running'"))
                .containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void each_resource_has_its_own_and_one_that_is_named_twice_has_two() {
        assertThat(keysOf(Optional.of("op-1"), "inst_status '3' '1 running 2 running 1 paused'"))
                .containsExactly(
                        Optional.of(key("inst_status instance/1")),
                        Optional.of(key("inst_status instance/2")),
                        Optional.of(key("inst_status instance/1 #2")));
    }

    @Test
    void an_interface_goes_by_what_the_command_names_so_that_no_lookup_is_needed() {
        assertThat(keysOf(Optional.of("op-1"), "attach_vm_nic '7' '52:54:00:12:34:56' '3'"))
                .containsExactly(Optional.of(key("attach_vm_nic interface 52:54:00:12:34:56 of instance/7")));
    }
}
