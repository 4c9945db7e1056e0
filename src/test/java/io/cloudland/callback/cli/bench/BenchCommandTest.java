package io.cloudland.callback.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.cli.jvm.WorkDirectory;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmarks with their real processes and a few hundred events; no figure is judged, only the account. */
class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @AfterEach
    void no_child_is_left() {
        assertThat(ProcessHandle.current().children().filter(BenchCommandTest::isOurs))
                .isEmpty();
    }

    private static boolean isOurs(ProcessHandle child) {
        return child.info().commandLine().orElse("").contains("cli.bench");
    }

    @Test
    void throughput_measures_both_senders_and_audits_the_service() throws IOException {
        Path json = directory.resolve("figures.json");
        int exitCode = throughput(FakeService.class, "--json", json.toString());
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains("bare HttpClient loop", "ratio service/bare", "p99.9", "steady 50/s")
                .contains("service: lost 0, duplicates 0, out of order 0 (of 450 accepted)");
        assertThat(exitCode).isZero();
        JsonObject figures = new JsonObject(Files.readString(json));
        assertThat(figures.getJsonObject("audit").getBoolean("passed")).isTrue();
        assertThat(figures.getJsonObject("bare").getJsonArray("rounds")).hasSize(1);
        assertThat(figures.getJsonObject("latency_saturated_bare").getInteger("count"))
                .isEqualTo(200);
        assertThat(figures.getJsonObject("latency_steady_service").getInteger("count"))
                .isEqualTo(50);
    }

    @Test
    void a_failed_audit_is_told_and_ends_with_1() {
        int exitCode = throughput(FakeService.Stuttering.class);
        assertThat(out.toString()).contains("lost 0, duplicates 1, out of order 0");
        assertThat(err.toString()).startsWith("bench: the audit failed; the logs stay in ");
        assertThat(exitCode).isEqualTo(1);
        deleteKeptLogs();
    }

    @Test
    void slow_endpoint_measures_each_limit_in_flight() {
        int exitCode = run(
                "slow-endpoint",
                "--verticle",
                FakeService.class.getName(),
                "--warmup",
                "100",
                "--seconds",
                "1",
                "--in-flight",
                "1",
                "--pending",
                "10");
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains("max_in_flight", "3 blocking workers deliver at most 60/s")
                .contains("lost 0, duplicates 0, out of order 0");
        assertThat(exitCode).isZero();
    }

    @Test
    void isolation_measures_the_healthy_six_alone_beside_well_ones_and_beside_bad_ones() throws IOException {
        Path json = directory.resolve("figures.json");
        int exitCode = run(
                "isolation",
                "--rounds",
                "1",
                "--warmup",
                "600",
                "--count",
                "200",
                "--rate",
                "50",
                "--seconds",
                "1",
                "--settle",
                "1",
                "--resources",
                "20",
                "--beside-well",
                "--json",
                json.toString());
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains("six alone", "beside four that are well", "beside four that are bad", "aim >= 0.95")
                .contains("rocksdb store", "while the bad fall ill")
                .contains("service: lost 0, duplicates 0, out of order 0 (of 1200 accepted)");
        assertThat(exitCode).isZero();
        JsonObject figures = new JsonObject(Files.readString(json));
        assertThat(figures.getJsonObject("ratio_to_alone").getDouble("throughput"))
                .isPositive();
        assertThat(figures.getJsonObject("beside_bad").getJsonObject("steady").getInteger("count"))
                .as("events of the steady phase at six endpoints")
                .isEqualTo(300);
        assertThat(figures.getJsonObject("before_beside_bad").getInteger("count"))
                .as("events of the second before it")
                .isEqualTo(300);
    }

    @Test
    void proxy_measures_calls_in_turn_and_says_whether_the_aim_is_reached() {
        int exitCode = run("proxy", "--calls", "50", "--warmup", "1", "--seconds", "1", "--rounds", "2");
        assertThat(out.toString())
                .contains("a warm-up of 1 s each way", "round 1   direct alone p50", "round 2   direct alone p50")
                .contains("medians of 2 rounds", "direct, beside the proxied ones")
                .containsPattern("against the direct ones beside\\).*the aim, under 2 ms at p99: (not )?reached")
                .containsPattern("against the direct ones alone\\).*the aim, under 2 ms at p99: (not )?reached")
                .contains("calls through the proxy 300, commands taken in 300, not taken in 0");
        assertThat(exitCode).isZero();
    }

    @Test
    void a_service_that_does_not_start_is_told() {
        int exitCode = run("slow-endpoint", "--verticle", "no.such.Verticle");
        assertThat(err.toString()).contains("ServiceProcess failed").contains("no.such.Verticle");
        assertThat(exitCode).isEqualTo(1);
        deleteKeptLogs();
    }

    @Test
    void backlog_fills_a_store_delivers_from_it_in_order_and_leaves_nothing_behind() throws IOException {
        int exitCode = run(
                "backlog",
                "--pending",
                "3000",
                "--resources",
                "50",
                "--heap",
                "128m",
                "--seconds",
                "10",
                "--directory",
                directory.toString());
        assertThat(out.toString())
                .contains("filled: 3,000 events pending", "first delivery: ")
                .contains("delivered 3,000 of 3,000, out of order 0");
        assertThat(exitCode).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_wrong_use_is_told_and_ends_with_2() {
        assertThat(run("throughput", "--rounds", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--rounds must be 1 or more, was 0");
        assertThat(run("store", "--seconds", "0")).isEqualTo(2);
        assertThat(run("backlog", "--pending", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--pending must be 1 or more, was 0");
        assertThat(run("proxy", "--warmup", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--warmup must be 0 or more, was -1");
        assertThat(run("proxy", "--calls", "9")).isEqualTo(2);
        assertThat(err.toString()).contains("--calls must be 10 or more");
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Say which benchmark");
    }

    private int throughput(Class<?> service, String... more) {
        List<String> few = List.of(
                "throughput",
                "--verticle",
                service.getName(),
                "--rounds",
                "1",
                "--warmup",
                "200",
                "--count",
                "200",
                "--rate",
                "50",
                "--seconds",
                "1",
                "--resources",
                "20");
        return run(Stream.concat(few.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private int run(String... args) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    /** The message that says where logs stay ends with their directory, or names a file in it. */
    private void deleteKeptLogs() {
        String message = err.toString().strip();
        Path named = Path.of(message.substring(message.lastIndexOf(' ') + 1));
        WorkDirectory.delete(Files.isDirectory(named) ? named : named.getParent());
    }
}
