package io.cloudland.callback.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of our own class path in a JVM of its own, to its end, and passes on what it prints. */
final class JvmRun {

    private static final String LOGGING = "logback.configurationFile";

    private final PrintWriter out;

    JvmRun(PrintWriter out) {
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param options for the JVM, for example {@code -Xmx512m}
     * @return the exit code
     */
    int run(List<String> options, Class<?> main, String... arguments) {
        try {
            Process process = new ProcessBuilder(command(options, main, arguments))
                    .redirectErrorStream(true)
                    .start();
            Thread ending =
                    new Thread(process::destroyForcibly); // It must not outlive a benchmark that is interrupted.
            Runtime.getRuntime().addShutdownHook(ending);
            passOn(process);
            int exitCode = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(ending);
            return exitCode;
        } catch (IOException failure) {
            throw new IllegalStateException(main.getSimpleName() + " cannot be run: " + failure, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + main.getSimpleName(), stopped);
        }
    }

    private static List<String> command(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        String logging = System.getProperty(LOGGING);
        if (logging != null) {
            command.add("-D" + LOGGING + "=" + logging);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private void passOn(Process process) throws IOException {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(line);
                out.flush();
            }
        }
    }
}
