package io.cloudland.callback.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A child's end of the pipe: one JSON line on standard output for each JSON line on standard input. */
final class ChildPipe {

    private static final long ANSWER_WITHIN_SECONDS = 60;

    private final PrintStream answers;

    private ChildPipe(PrintStream answers) {
        this.answers = answers;
    }

    /** Takes standard output for the answers. Whatever else prints there, logs above all, goes to standard error. */
    static ChildPipe open() {
        PrintStream answers = new PrintStream(System.out, false, UTF_8);
        System.setOut(System.err);
        return new ChildPipe(answers);
    }

    /** Tells the parent that this child is up, or why not, and serves it until it closes its end; then exits. */
    void serve(Future<JsonObject> start, Function<JsonObject, Future<JsonObject>> service) {
        int exitCode = 1;
        try (BufferedReader asks = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            tell(start);
            for (String line = asks.readLine(); line != null; line = asks.readLine()) {
                JsonObject ask = new JsonObject(line);
                tell(Future.future(answer -> service.apply(ask).onComplete(answer)));
            }
            exitCode = 0;
        } catch (IOException gone) {
            System.err.println("the pipe to the parent broke: " + gone);
        }
        System.exit(exitCode);
    }

    private void tell(Future<JsonObject> answer) {
        answers.println(awaited(answer).encode());
        answers.flush();
    }

    private static JsonObject awaited(Future<JsonObject> answer) {
        try {
            return answer.await(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) { // Future.await throws the cause, whatever it is.
            return new JsonObject().put("error", failure.toString());
        }
    }
}
