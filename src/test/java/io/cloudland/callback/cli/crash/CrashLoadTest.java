package io.cloudland.callback.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CrashLoadTest {

    @Test
    void the_seed_decides_every_command() {
        CrashLoad one = new CrashLoad(7, 20, false);
        CrashLoad same = new CrashLoad(7, 20, false);
        CrashLoad other = new CrashLoad(8, 20, false);
        Set<JsonObject> differing = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            JsonObject command = one.next();
            assertThat(same.next()).isEqualTo(command);
            if (!other.next().equals(command)) {
                differing.add(command);
            }
        }
        assertThat(differing).isNotEmpty();
    }

    @Test
    void a_status_tells_the_number_of_its_command() {
        CrashLoad load = new CrashLoad(7, 20, false);
        for (long number = 1; number <= 50; number++) {
            JsonObject command = load.next();
            String status = command.getJsonArray("args").getString(2);
            assertThat(CrashLoad.numberOf(status)).isEqualTo(number);
            assertThat(command.getJsonObject("resource").getString("status")).isEqualTo(status);
        }
    }

    @Test
    void now_and_then_one_creates_deletes_or_is_in_error_where_that_is_wanted_and_its_status_says_so() {
        CrashLoad load = new CrashLoad(7, 20, true);
        Map<String, Boolean> landmarks = new TreeMap<>();
        for (int i = 0; i < 1_000; i++) {
            JsonObject command = load.next();
            SentCommand sent = SentCommand.of(command);
            assertThat(sent.number()).isEqualTo(i + 1);
            landmarks.put(
                    command.getString("command") + " " + sent.status().replaceAll("-\\d+", ""), sent.isLandmark());
        }
        assertThat(landmarks)
                .containsExactly(
                        Map.entry("action_vm error", true),
                        Map.entry("action_vm paused", false),
                        Map.entry("action_vm running", false),
                        Map.entry("action_vm shut_off", false),
                        Map.entry("crash_test_delete deleted", true),
                        Map.entry("launch_vm created", true));
    }

    @Test
    void a_status_that_no_command_stated_has_no_number() {
        assertThat(CrashLoad.numberOf("running")).isZero();
        assertThat(CrashLoad.numberOf("running-x")).isZero();
        assertThat(CrashLoad.numberOf("running-0")).isZero();
    }
}
