package io.cloudland.callback.registry;

import static io.cloudland.callback.registry.Commands.command;
import static io.cloudland.callback.registry.ScriptedLookup.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.config.CommandConfig;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInCommandsTest {

    private final CommandRegistry registry = CommandRegistry.builtIn();

    private CommandDefinition find(String name) {
        return Objects.requireNonNull(registry.get(name));
    }

    private Extraction extract(String line) {
        return find(command(line).name()).extractor().extract(command(line));
    }

    /** The change for a lookup whose row says {@code row}. */
    private ResourceChange change(String line) {
        CommandDefinition definition = find(command(line).name());
        Mention mention = extract(line).mentions().get(0);
        ResourceRef found = mention.locator() instanceof ResourceLocator.ById byId
                ? byId.resource()
                : new ResourceRef(ResourceType.INTERFACE, 101);
        ResourceSnapshot row = snapshot(found.type(), found.id(), "row");
        return Enricher.enrich(
                definition, mention, command(line), Optional.of(row), Optional.empty(), Optional.of("hk"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "launch_vm.sh '127' 'running' '3' 'init'                    | instance/127  | running    | CREATED",
                "launch_vm.sh '123' 'error' '5' 'can't start: it's gone'    | instance/123  | error      | CREATED",
                "launch_vm '123'                                            | instance/123  | row        | CREATED",
                "launch_vm.sh '123' ''                                      | instance/123  | row        | CREATED",
                "action_vm.sh '127' 'shut_off'                              | instance/127  | shut_off   | STATE_CHANGED",
                "clear_vm.sh '127'                                          | instance/127  | deleted    | DELETED",
                "migrate_vm.sh '12' '2' '127' '3' 'target_prepared'         | instance/127  | row        | MIGRATED",
                "inst_status.sh '3' '127 paused'                            | instance/127  | paused     | STATE_CHANGED",
                "create_volume_local '7' 'volume-7.disk' 'attached' 'success' | volume/7    | attached   | CREATED",
                "create_volume_wds_vhost '8' 'available' 'wds_vhost://p1/v8' 'success' | volume/8 | available | CREATED",
                "create_volume_wds_vhost '8' 'error' '' 'failed, {\"a\":\"b\"}' | volume/8  | error      | CREATED",
                "attach_volume_local.sh '123' '7' 'vdb'                     | volume/7      | row        | ATTACHED",
                "attach_volume_local.sh '' '7' ''                           | volume/7      | row        | ATTACHED",
                "attach_volume_wds_vhost.sh '123' '8' 'vdc'                 | volume/8      | row        | ATTACHED",
                "detach_volume '123' '7'                                    | volume/7      | row        | DETACHED",
                "detach_volume_local.sh '' '7'                              | volume/7      | row        | DETACHED",
                "detach_volume_wds_vhost.sh '123' '8'                       | volume/8      | row        | DETACHED",
                "resize_volume '7' 'success'                                | volume/7      | row        | RESIZED",
                "resize_volume '7' 'error'                                  | volume/7      | error      | RESIZED",
                "create_image.sh '5' 'available' 'qcow2' '2147483648' 'v-77' '2' | image/5  | available  | CREATED",
                "capture_image.sh '5' 'error' 'qcow2' 'no volume' '' '2'    | image/5       | error      | CAPTURED",
                "attach_vm_nic.sh '123' '52:54:00:12:34:56' '5'             | interface/101 | row        | ATTACHED",
                "detach_vm_nic.sh '123' '101' '5'                           | interface/101 | unattached | DETACHED",
            })
    void every_command_becomes_its_change(String line, String resource, String status, Action action) {
        ResourceChange change = change(line);
        assertThat(change.resource()).hasToString(resource);
        assertThat(change.status()).isEqualTo(status);
        assertThat(change.action()).isEqualTo(action);
        assertThat(change.command()).isEqualTo(command(line).name());
        assertThat(change.occurredAt()).isEqualTo(Commands.AT);
        assertThat(change.region()).contains("hk");
        assertThat(change.tenantId()).contains("tenant-a");
        assertThat(change.uuid())
                .isEqualTo(change.resource().type().wireName() + "-uuid-"
                        + change.resource().id());
        assertThat(change.metadata()).isNotEmpty();
    }

    @Test
    void the_table_of_the_platform_is_registered_and_nothing_else() {
        assertThat(BuiltInCommands.all())
                .extracting(CommandDefinition::name)
                .containsExactlyInAnyOrder(
                        "launch_vm",
                        "action_vm",
                        "clear_vm",
                        "migrate_vm",
                        "inst_status",
                        "create_volume_local",
                        "create_volume_wds_vhost",
                        "attach_volume_local",
                        "attach_volume_wds_vhost",
                        "detach_volume",
                        "detach_volume_local",
                        "detach_volume_wds_vhost",
                        "resize_volume",
                        "create_image",
                        "capture_image",
                        "attach_vm_nic",
                        "detach_vm_nic");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "launch_vm                            | MISSING_RESOURCE_ID | args[1] should be the id of the instance, but is missing",
                "launch_vm ''                         | MISSING_RESOURCE_ID | args[1] should be the id of the instance, but is empty",
                "launch_vm ' '                        | MISSING_RESOURCE_ID | but is empty",
                "launch_vm '0'                        | INVALID_RESOURCE_ID | a whole number from 1 to 9223372036854775807, but is \"0\"",
                "launch_vm '-1'                       | INVALID_RESOURCE_ID | \"-1\"",
                "launch_vm '+1'                       | INVALID_RESOURCE_ID | \"+1\"",
                "launch_vm '1.0'                      | INVALID_RESOURCE_ID | \"1.0\"",
                "launch_vm ' 1'                       | INVALID_RESOURCE_ID | \" 1\"",
                "launch_vm '١'                        | INVALID_RESOURCE_ID | \"١\"",
                "launch_vm 'abc'                      | INVALID_RESOURCE_ID | command launch_vm: args[1]",
                "launch_vm '9223372036854775808'      | INVALID_RESOURCE_ID | \"9223372036854775808\"",
                "launch_vm '127' running              | INVALID_RESOURCE_ID | \"127' running\"",
                "migrate_vm '12' '2'                  | MISSING_RESOURCE_ID | args[3]",
                "attach_volume_local '123'            | MISSING_RESOURCE_ID | args[2] should be the id of the volume",
                "create_image 'x'                     | INVALID_RESOURCE_ID | the id of the image",
                "attach_vm_nic '' '52:54:00:12:34:56' | MISSING_RESOURCE_ID | args[1] should be the id of the instance",
                "attach_vm_nic '123'                  | MISSING_RESOURCE_ID | args[2] should be the interface's MAC address",
                "attach_vm_nic '123' '52:54:00:12:34' | INVALID_RESOURCE_ID | args[2] should be the interface's MAC address",
                "attach_vm_nic '123' '101'            | INVALID_RESOURCE_ID | \"101\"",
                "detach_vm_nic '123' ''               | MISSING_RESOURCE_ID | the id of the interface",
            })
    void a_bad_id_is_refused_by_command_argument_and_value(String line, ErrorCode code, String text) {
        Extraction extraction = extract(line);
        assertThat(extraction.mentions()).isEmpty();
        assertThat(extraction.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem).hasMessageContaining(text);
        });
    }

    @Test
    void the_greatest_id_is_read() {
        assertThat(extract("launch_vm '9223372036854775807'").mentions().get(0).locator())
                .hasToString("instance/9223372036854775807");
    }

    @Test
    void a_value_is_shown_cut_and_cannot_forge_a_line_of_the_log() {
        String problem = extract("launch_vm 'x\n" + "y".repeat(100) + "'")
                .problems()
                .get(0)
                .getMessage();
        assertThat(problem).endsWith("\"x?" + "y".repeat(62) + "…\"");
    }

    @Test
    void a_mac_address_is_lower_case_and_keeps_the_instance() {
        Mention mention = extract("attach_vm_nic '123' '52:54:00:AB:CD:EF' '5'")
                .mentions()
                .get(0);
        assertThat(mention.locator()).isEqualTo(new ResourceLocator.InterfaceByMac(123, "52:54:00:ab:cd:ef"));
    }

    @Test
    void all_network_interfaces_wait_in_one_line_and_other_resources_each_in_their_own() {
        assertThat(linesOf("detach_vm_nic '123' '101' '5'"))
                .isEqualTo(linesOf("attach_vm_nic '124' '52:54:00:12:34:56'"))
                .isEqualTo(linesOf("detach_vm_nic '' '102' '5'"));
        assertThat(linesOf("action_vm '123' 'running'")).isNotEqualTo(linesOf("action_vm '124' 'running'"));
    }

    private List<?> linesOf(String line) {
        return OrderKeys.of(extract(line).mentions().get(0));
    }

    @Test
    void a_status_report_mentions_every_instance_in_order() {
        Extraction extraction = extract("inst_status '3' '5 running 7 running 5  shut_off'");
        assertThat(extraction.problems()).isEmpty();
        assertThat(extraction.mentions()).allMatch(Mention::onlyIfChanged);
        assertThat(extraction.mentions())
                .extracting(
                        mention -> mention.locator() + " " + mention.status().orElseThrow())
                .containsExactly("instance/5 running", "instance/7 running", "instance/5 shut_off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inst_status '3' ''", "inst_status '3'", "inst_status '3' ' \n '", "inst_status"})
    void an_empty_status_report_mentions_nobody(String line) {
        assertThat(extract(line)).isEqualTo(new Extraction(List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5 running x running 7 paused | instance/5,instance/7 | INVALID_RESOURCE_ID  | \"x\"",
                "0 running 7 paused           | instance/7            | INVALID_RESOURCE_ID  | \"0\"",
                "5 running 7                  | instance/5            | INVALID_COMMAND_LINE | \"7\" has no status",
                "5 7 paused                   | instance/7            | INVALID_COMMAND_LINE | \"5\" has no status",
                "5                            | ``                    | INVALID_COMMAND_LINE | \"5\" has no status"
            })
    void a_malformed_pair_spoils_no_other(String report, String mentioned, ErrorCode code, String text) {
        Extraction extraction = extract("inst_status '3' '" + report + "'");
        assertThat(extraction.mentions())
                .extracting(mention -> mention.locator().toString())
                .containsExactly(mentioned.isEmpty() ? new String[0] : mentioned.split(",", -1));
        assertThat(extraction.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem).hasMessageContaining(text);
        });
    }

    @Test
    void configured_commands_stand_beside_the_built_in_ones() {
        CommandRegistry more = registry.withConfigured(Map.of(
                "create_router",
                new CommandConfig(ResourceType.ROUTER, Action.CREATED, 2, OptionalInt.of(1)),
                "delete_subnet",
                new CommandConfig(ResourceType.SUBNET, Action.DELETED, 1, OptionalInt.empty())));
        Mention router = Objects.requireNonNull(more.get("create_router"))
                .extractor()
                .extract(command("create_router 'active' '9'"))
                .mentions()
                .get(0);
        assertThat(router).isEqualTo(Mention.of(new ResourceRef(ResourceType.ROUTER, 9), Optional.of("active")));
        assertThat(more.isRegistered("delete_subnet")).isTrue();
        assertThat(more.isRegistered("launch_vm")).isTrue();
        assertThat(registry.isRegistered("create_router")).isFalse();
    }

    @Test
    void a_host_adds_a_command_with_an_extractor_of_its_own() {
        CommandDefinition bind = new CommandDefinition(
                "bind_floating_ip",
                ResourceType.FLOATING_IP,
                Action.ATTACHED,
                command -> Extraction.of(Mention.of(
                        CommandArguments.resource(command, 2, ResourceType.FLOATING_IP), Optional.of("bound"))));
        assertThat(registry.with(bind).get("bind_floating_ip")).isEqualTo(bind);
        assertThatThrownBy(() -> bind.extractor().extract(command("bind_floating_ip 'x'")))
                .isInstanceOf(CallbackException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "launch_vm.sh", "a/launch_vm", "launch vm"})
    void a_name_that_no_command_can_have_is_refused(String name) {
        assertThatThrownBy(() -> new CommandDefinition(
                        name, ResourceType.VOLUME, Action.CREATED, MentionExtractor.byId(ResourceType.VOLUME, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
