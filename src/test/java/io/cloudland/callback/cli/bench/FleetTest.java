package io.cloudland.callback.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FleetTest {

    @Test
    void every_instance_has_an_id_of_its_own() {
        Set<Long> ids = new Fleet(2000)
                .eventBodies().stream()
                        .map(Buffer::toJsonObject)
                        .map(body -> body.getLong("resource_id"))
                        .collect(Collectors.toSet());
        assertThat(ids).hasSize(2000).allMatch(id -> id > 0);
    }

    @Test
    void two_fleets_send_the_same_commands() {
        Fleet one = new Fleet(50);
        Fleet other = new Fleet(50);
        for (int i = 0; i < 100; i++) {
            assertThat(one.nextCommand()).isEqualTo(other.nextCommand());
        }
    }

    @Test
    void a_command_carries_its_own_snapshot() {
        JsonObject command = new Fleet(1).nextCommand();
        JsonObject resource = command.getJsonObject("resource");
        assertThat(command.getString("command")).isEqualTo("action_vm.sh");
        assertThat(command.getJsonArray("args").getString(2)).isEqualTo(resource.getString("status"));
        assertThat(resource.getJsonObject("metadata").fieldNames())
                .containsExactly("hostname", "hyper_id", "zone_id", "cpu", "memory", "disk");
    }

    @Test
    void a_body_has_the_keys_of_the_specification_in_their_order() {
        List<Buffer> bodies = new Fleet(1).eventBodies();
        assertThat(bodies.get(0).toJsonObject().fieldNames())
                .containsExactly(
                        "resource_type",
                        "resource_uuid",
                        "resource_id",
                        "status",
                        "previous_status",
                        "timestamp",
                        "metadata");
    }

    @Test
    void a_steady_stream_is_due_in_whole_milliseconds_and_never_early() {
        Pace pace = new Pace(5, 2000);
        assertThat(pace.dueNanos(0)).isEqualTo(5);
        assertThat(pace.dueNanos(1)).isEqualTo(5);
        assertThat(pace.dueNanos(2)).isEqualTo(1_000_005);
        assertThat(pace.dueNanos(20_000)).isEqualTo(10_000_000_005L);
    }
}
