package io.cloudland.callback.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudland.callback.cli.jvm.JavaCommand;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A JVM of our own class path that answers JSON lines; it ends when this end of the pipe is closed. */
final class ChildProcess implements AutoCloseable {

    private static final long ANSWER_WITHIN_SECONDS = 90;
    private static final long EXIT_WITHIN_SECONDS = 5;

    private final String name;
    private final Path log;
    private final Process process;
    private final Writer asks;
    private final BufferedReader answers;
    private final JsonObject facts;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.asks = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
        try {
            this.facts = answer();
        } catch (IllegalStateException notUp) {
            close();
            throw notUp;
        }
    }

    /**
     * Starts a child and waits until it is up.
     *
     * @param placement the words before {@code java}, for example {@code taskset -c 1}; empty for none
     * @param jvm options of the JVM, for example {@code -Xmx256m}
     * @param log takes what the child logs and prints
     */
    static ChildProcess start(List<String> placement, List<String> jvm, Class<?> main, JsonObject settings, Path log) {
        try {
            ProcessBuilder builder = new JavaCommand(placement, jvm, main, List.of(settings.encode())).toProcess();
            builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return new ChildProcess(main.getSimpleName(), log, builder.start());
        } catch (IOException failure) {
            throw new IllegalStateException(main.getSimpleName() + " cannot be started: " + failure, failure);
        }
    }

    /** What the child said of itself when it was up. */
    JsonObject facts() {
        return facts;
    }

    JsonObject ask(String op) {
        return ask(new JsonObject().put("op", op));
    }

    JsonObject ask(JsonObject ask) {
        try {
            asks.write(ask.encode() + "\n");
            asks.flush();
        } catch (IOException gone) {
            throw new IllegalStateException(name + " has ended. What it printed is in " + log, gone);
        }
        return answer();
    }

    private JsonObject answer() {
        String line = nextLine();
        if (line == null) {
            throw new IllegalStateException(name + " has ended. What it printed is in " + log);
        }
        JsonObject answer = new JsonObject(line);
        if (answer.containsKey("error")) {
            throw new IllegalStateException(name + " failed: " + answer.getString("error") + ". Its log is " + log);
        }
        return answer;
    }

    private @Nullable String nextLine() {
        // A read of a pipe cannot be given a limit, so another thread does it.
        CompletableFuture<@Nullable String> line = CompletableFuture.supplyAsync(this::readLine);
        try {
            return line.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException silent) {
            throw new IllegalStateException(
                    name + " did not answer within " + ANSWER_WITHIN_SECONDS + " s. Its log is " + log, silent);
        } catch (ExecutionException broken) {
            throw new IllegalStateException(name + " cannot be read. Its log is " + log, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, stopped);
        }
    }

    private @Nullable String readLine() {
        try {
            return answers.readLine();
        } catch (IOException gone) {
            return null;
        }
    }

    /** Ends the child: by closing the pipe, and by force where that does not help. */
    @Override
    public void close() {
        try {
            asks.close();
            if (process.waitFor(EXIT_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException alreadyClosed) {
            // It is ended below.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
