package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report of a benchmark: lines for people as it goes, and the same figures as one JSON object. */
final class BenchReport {

    private final PrintWriter out;
    private final JsonObject json = new JsonObject();

    BenchReport(PrintWriter out) {
        this.out = out;
    }

    @SuppressWarnings("AnnotateFormatMethod") // Rows are built of shared formats.
    void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    void figure(String name, Object value) {
        json.put(name, value);
    }

    /** Tells where and how the figures are taken. */
    void head(String benchmark, TestBed bed, BenchOptions options) {
        Machine machine = Machine.here();
        line("machine    %s", machine.text());
        line("processes  one JVM each for sink and sender; %s", bed.placement().text());
        line("clock      %s", bed.clock().text());
        line("settings   %s", options.text());
        figure("benchmark", benchmark);
        figure("machine", machine.toJson());
        figure("placement", bed.placement().text());
        figure("clock", bed.clock().name().toLowerCase(Locale.ROOT));
        figure("settings", options.toJson());
    }

    void audit(Audit audit) {
        line("audit      service: %s (of %d accepted)", audit.text(), audit.accepted());
        figure("audit", audit.toJson());
    }

    void writeTo(@Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, json.encodePrettily() + "\n");
        } catch (IOException failure) {
            throw new IllegalStateException("the figures cannot be written to " + file + ": " + failure, failure);
        }
    }
}
