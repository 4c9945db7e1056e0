package io.cloudland.callback.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrashLoadTest {

    @Test
    void the_seed_decides_every_command() {
        CrashLoad one = new CrashLoad(7, 20);
        CrashLoad same = new CrashLoad(7, 20);
        CrashLoad other = new CrashLoad(8, 20);
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
        CrashLoad load = new CrashLoad(7, 20);
        for (long number = 1; number <= 50; number++) {
            JsonObject command = load.next();
            String status = command.getJsonArray("args").getString(2);
            assertThat(CrashLoad.numberOf(status)).isEqualTo(number);
            assertThat(command.getJsonObject("resource").getString("status")).isEqualTo(status);
        }
    }

    @Test
    void a_status_that_no_command_stated_has_no_number() {
        assertThat(CrashLoad.numberOf("running")).isZero();
        assertThat(CrashLoad.numberOf("running-x")).isZero();
        assertThat(CrashLoad.numberOf("running-0")).isZero();
    }
}
