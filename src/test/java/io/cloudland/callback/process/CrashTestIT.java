package io.cloudland.callback.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The crash test as a user runs it, from the fat jar; {@code -Dcallback.test.crash.rounds} sets another number of rounds. */
class CrashTestIT {

    private static final int ROUNDS = Integer.getInteger("callback.test.crash.rounds", 50);

    @TempDir
    private Path directory;

    private static final int MERGING_ROUNDS = Math.min(6, ROUNDS);

    @Test
    void nothing_acknowledged_is_lost_where_events_that_wait_are_merged() throws Exception {
        JsonObject figures = crashTest(MERGING_ROUNDS, "--coalesce");
        assertThat(figures.getInteger("kills")).isGreaterThanOrEqualTo(MERGING_ROUNDS);
        assertThat(figures.getInteger("merged")).as("merged").isGreaterThan(10 * MERGING_ROUNDS);
        assertThat(figures.getInteger("delivered")).isGreaterThan(10 * MERGING_ROUNDS);
    }

    private JsonObject crashTest(int rounds, String... more) throws Exception {
        Path json = directory.resolve("figures.json");
        List<String> arguments = new ArrayList<>(List.of(
                "-jar",
                System.getProperty("callback.fat.jar"),
                "crash-test",
                "--rounds",
                Integer.toString(rounds),
                "--json",
                json.toString()));
        arguments.addAll(List.of(more));
        try (LiveProcess crashTest = LiveProcess.java(directory, Map.of(), arguments.toArray(String[]::new))) {
            int exitCode = crashTest.exitCode(Duration.ofSeconds(60 + 15L * rounds));
            System.out.println(crashTest.output());
            assertThat(exitCode).as(crashTest.output()).isZero();
            assertThat(crashTest.output()).contains("Shown: over ");
        }
        return new JsonObject(Files.readString(json));
    }

    @Test
    void nothing_acknowledged_is_lost_out_of_order_or_changed_over_kills_under_load() throws Exception {
        JsonObject figures = crashTest(ROUNDS);
        assertThat(figures.getInteger("kills")).isGreaterThanOrEqualTo(ROUNDS);
        assertThat(figures.getInteger("acknowledged")).isGreaterThan(50 * ROUNDS);
        assertThat(figures.getInteger("commands_unknown"))
                .as("kills that struck under load")
                .isPositive();
        if (ROUNDS >= 10) {
            assertThat(figures.getInteger("dead")).as("dead letters, too").isPositive();
            assertThat(figures.getInteger("duplicates"))
                    .as("deliveries cut off by a kill")
                    .isPositive();
        }
    }
}
