package io.cloudland.callback.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A real process started for a test, with what it prints, always ended with the test. */
final class LiveProcess implements AutoCloseable {

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LiveProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::readLines, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts java with these arguments in a working directory. */
    static LiveProcess java(Path workingDirectory, Map<String, String> environment, String... arguments) {
        String home = System.getProperty("callback.test.java.home", System.getProperty("java.home"));
        List<String> command =
                new ArrayList<>(List.of(Path.of(home, "bin", "java").toString(), "-Xmx256m"));
        command.addAll(List.of(arguments));
        return command(workingDirectory, environment, command);
    }

    /** Starts a command in a working directory. */
    static LiveProcess command(Path workingDirectory, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workingDirectory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new LiveProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readLines() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(output ended: " + e.getMessage() + ")");
        }
    }

    /** Waits for a line that holds {@code text}; fails with all output when the process ends or 60 s pass first. */
    String awaitLine(String text) {
        return awaitLine(line -> line.contains(text), text);
    }

    private String awaitLine(Predicate<String> wanted, String what) {
        Awaitility.await("a line with \"" + what + "\"")
                .atMost(Duration.ofSeconds(60))
                .failFast("the process ended first", () -> assertAliveOr(wanted))
                .until(() -> lines.stream().anyMatch(wanted));
        return lines.stream().filter(wanted).findFirst().orElseThrow();
    }

    private void assertAliveOr(Predicate<String> wanted) {
        if (!process.isAlive() && lines.stream().noneMatch(wanted)) {
            throw new AssertionError("the process ended with " + process.exitValue() + ":\n" + output());
        }
    }

    /** SIGTERM, as an init system sends it. (Process.destroy would close the output, and the last lines with it.) */
    void terminate() {
        process.toHandle().destroy();
    }

    /** The exit code, waiting for it up to 120 s. */
    int exitCode() throws InterruptedException {
        return exitCode(Duration.ofSeconds(120));
    }

    /** The exit code, waiting for it. */
    int exitCode(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the process did not end:\n" + output());
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
