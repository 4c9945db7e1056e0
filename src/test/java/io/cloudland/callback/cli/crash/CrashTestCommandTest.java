package io.cloudland.callback.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Two rounds with real processes; fifty are {@code CrashTestIT}'s. */
class CrashTestCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int crashTest(String... arguments) {
        return new CommandLine(new CrashTestCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @AfterEach
    void no_child_is_left() {
        assertThat(ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().commandLine().orElse("").contains("cli.jvm.ServiceMain")))
                .isEmpty();
    }

    @Test
    void a_killed_service_loses_nothing_and_the_figures_are_told() throws Exception {
        Path json = directory.resolve("figures.json");

        int exitCode = crashTest("--rounds", "2", "--seed", "5", "--sync", "off", "--json", json.toString());

        assertThat(exitCode).as(out + "\n" + err).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains("seed       5", "kills (SIGKILL)", "round 2 of 2")
                .contains("Shown: over ", "none lost, none out of order, no gap, no break. Seed 5.")
                .doesNotContain("BROKEN", "NOT AS EXPECTED");
        JsonObject figures = new JsonObject(Files.readString(json));
        assertThat(figures.getBoolean("passed")).isTrue();
        assertThat(figures.getInteger("kills")).isGreaterThanOrEqualTo(2);
        assertThat(figures.getInteger("acknowledged")).isPositive();
        assertThat(figures.getInteger("acknowledged"))
                .isEqualTo(figures.getInteger("delivered") + figures.getInteger("dead"));
        assertThat(figures.getJsonObject("broken").stream())
                .allMatch(entry -> entry.getValue().equals(0));
    }

    @Test
    @EnabledIf("io.cloudland.callback.lookup.TestPostgres#clientFitsVertx")
    void a_service_on_postgresql_that_is_killed_loses_nothing_either() throws Exception {
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            String uri = "postgresql://postgres@127.0.0.1:" + database.getPort() + "/postgres";

            int exitCode = crashTest("--rounds", "3", "--seed", "6", "--rate", "400", "--store-uri", uri);

            assertThat(exitCode).as(out + "\n" + err).isZero();
            assertThat(out.toString())
                    .contains("settings   PostgreSQL, 400 commands/s", "Shown: over ", "none lost, none out of order")
                    .doesNotContain("BROKEN", "NOT AS EXPECTED");
        }
    }

    @Test
    void events_that_wait_are_merged_and_none_is_lost_with_them() throws Exception {
        Path json = directory.resolve("figures.json");

        int exitCode = crashTest("--rounds", "2", "--seed", "7", "--coalesce", "--json", json.toString());

        assertThat(exitCode).as(out + "\n" + err).isZero();
        assertThat(out.toString())
                .contains("coalesce, faults delay=20ms", "or a newer one stands for it")
                .doesNotContain("BROKEN");
        JsonObject figures = new JsonObject(Files.readString(json));
        assertThat(figures.getInteger("merged")).isPositive();
        assertThat(figures.getInteger("acknowledged"))
                .isEqualTo(figures.getInteger("delivered") + figures.getInteger("dead") + figures.getInteger("merged"));
    }

    @Test
    void a_wrong_call_is_told() {
        assertThat(crashTest("--rounds", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--rounds must be 1 or more, was 0");
        assertThat(crashTest("--store-uri", "postgresql://h/d", "--power-loss", "/dev/null"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(crashTest("--coalesce", "--power-loss", "/dev/null")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(crashTest("--sync", "sometimes")).isEqualTo(CommandLine.ExitCode.USAGE);
    }
}
