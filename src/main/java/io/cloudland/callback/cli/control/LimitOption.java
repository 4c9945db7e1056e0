package io.cloudland.callback.cli.control;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option that says how many rows a list may have. */
final class LimitOption {

    @Option(
            names = {"-limit", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many, 1 to 1000 (${DEFAULT-VALUE}).")
    private int limit = 20;

    Map<String, String> with(Map<String, String> parameters) {
        parameters.put("limit", Integer.toString(limit));
        return parameters;
    }

    /** Says so where the list was cut. */
    void tellCut(JsonObject answer, PrintStream out) {
        if (answer.getBoolean("more", false)) {
            out.println("... and more: narrow the list with a filter, or raise --limit");
        }
    }
}
