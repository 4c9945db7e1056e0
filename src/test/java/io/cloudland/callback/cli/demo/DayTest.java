package io.cloudland.callback.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.ResourceType;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DayTest {

    private static final Set<String> NOISE = Set.of("report_rc", "hyper_status");

    private final SimulatedCloud cloud = new SimulatedCloud();
    private final List<Step> steps = Day.steps();

    /** What a receiver was told last of each instance, as the service keeps it. */
    private final Map<String, String> told = new TreeMap<>();

    @BeforeEach
    void populate() {
        Day.populate(cloud);
    }

    @Test
    void the_day_is_long_in_order_and_of_every_kind() {
        assertThat(steps).hasSizeGreaterThan(200);
        assertThat(steps).isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
        Map<String, Long> kinds = steps.stream()
                .collect(Collectors.groupingBy(step -> step.expected().kind(), Collectors.counting()));
        assertThat(kinds)
                .containsOnlyKeys(
                        "accepted",
                        "ignored: not registered",
                        "ignored: unchanged",
                        "ignored: failed",
                        "refused: CB-1004 INVALID_RESOURCE_ID",
                        "refused: CB-1101 RESOURCE_UNKNOWN");
    }

    @Test
    void a_line_looks_as_a_hypervisor_prints_it() {
        assertThat(steps.stream().map(Step::line))
                .contains(
                        "launch_vm.sh '127' 'running' '3' 'init'",
                        "attach_vm_nic.sh '127' '52:54:00:12:34:01' '3'",
                        "inst_status.sh '3' '101 running 127 running'",
                        "report_rc.sh 'cpu=12/16' 'memory=13395304/16016744' 'disk=58969763392/108580577280'");
        assertThat(steps.get(0).message().getString("timestamp")).isEqualTo("2026-11-24T00:00:00Z");
    }

    @Test
    void every_accepted_command_finds_its_resource_in_the_cloud_with_all_its_metadata() {
        for (Step step : steps) {
            execute(step);
            if (step.expected().kind().equals("accepted") && !step.command().equals("inst_status")) {
                ResourceType type = type(step.command());
                Optional<JsonObject> found = cloud.find(question(step, type));
                assertThat(found).as(step.line()).isPresent();
                assertThat(found.orElseThrow().getJsonObject("metadata").fieldNames())
                        .as(step.line())
                        .containsExactlyElementsOf(type.metadataKeys());
            }
        }
    }

    @Test
    void the_status_reports_change_exactly_what_the_script_expects() {
        for (Step step : steps) {
            execute(step);
            if (step.command().equals("inst_status")) {
                assertThat(step.expected().events())
                        .as(step.at() + " " + step.line())
                        .isEqualTo(changes(step));
            } else {
                noteInstance(step);
            }
        }
    }

    @Test
    void refused_commands_name_nothing_that_exists_and_noise_changes_nothing() {
        Set<JsonObject> before = snapshots();
        steps.stream()
                .filter(step -> step.expected().kind().startsWith("refused") || NOISE.contains(step.command()))
                .forEach(this::execute);
        assertThat(snapshots()).isEqualTo(before);
    }

    @Test
    void the_day_ends_with_four_machines_gone_and_one_moved() {
        steps.forEach(this::execute);
        assertThat(instance(127).getJsonObject("metadata").getInteger("hyper_id"))
                .isEqualTo(5);
        for (long gone = 129; gone <= 132; gone++) {
            assertThat(instance(gone).getString("status")).isEqualTo("deleted");
            assertThat(instance(gone).getJsonObject("metadata").getString("hostname"))
                    .startsWith("vm-" + gone + "-");
        }
        assertThat(cloud.find(byId("instance", 9999))).isEmpty();
    }

    private void execute(Step step) {
        if (step.error().isEmpty()) {
            cloud.execute(step);
        }
    }

    private int changes(Step step) {
        String[] pairs = step.args().get(1).split(" ");
        int changed = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            assertThat(cloud.find(byId("instance", Long.parseLong(pairs[i])))).isPresent();
            changed += pairs[i + 1].equals(told.put(pairs[i], pairs[i + 1])) ? 0 : 1;
        }
        return changed;
    }

    private void noteInstance(Step step) {
        if (step.expected().kind().equals("accepted") && type(step.command()) == ResourceType.INSTANCE) {
            String id = step.args().get(step.command().equals("migrate_vm") ? 2 : 0);
            told.put(id, instance(Long.parseLong(id)).getString("status"));
        }
    }

    private Set<JsonObject> snapshots() {
        Set<JsonObject> all = new HashSet<>();
        for (long id = 1; id < 300; id++) {
            for (String type : List.of("instance", "volume", "image", "interface")) {
                cloud.find(byId(type, id)).ifPresent(all::add);
            }
        }
        return all;
    }

    private JsonObject instance(long id) {
        return cloud.find(byId("instance", id)).orElseThrow();
    }

    private static JsonObject byId(String type, long id) {
        return new JsonObject().put("resource_type", type).put("resource_id", id);
    }

    /** The question that the service asks after this command. */
    private static JsonObject question(Step step, ResourceType type) {
        if (step.command().equals("attach_vm_nic")) {
            return new JsonObject()
                    .put("resource_type", "interface")
                    .put("instance_id", Long.parseLong(step.args().get(0)))
                    .put("mac_addr", step.args().get(1));
        }
        int index = switch (step.command()) {
            case "migrate_vm" -> 2;
            case "attach_volume_local", "detach_volume_local", "detach_vm_nic" -> 1;
            default -> 0;
        };
        return byId(type.wireName(), Long.parseLong(step.args().get(index)));
    }

    private static ResourceType type(String command) {
        if (command.contains("volume")) {
            return ResourceType.VOLUME;
        }
        if (command.contains("image")) {
            return ResourceType.IMAGE;
        }
        return command.contains("nic") ? ResourceType.INTERFACE : ResourceType.INSTANCE;
    }
}
