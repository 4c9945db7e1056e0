package io.cloudland.callback.config;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks the {@code callback} tree of a file or a host. */
final class TreeSource {

    static final String ROOT = "callback";

    private final Findings findings;
    private final Function<List<String>, Origin> keyOrigin;
    private final Function<List<String>, Origin> valueOrigin;

    /**
     * Prepares a walk.
     *
     * @param keyOrigin where the key of a path stands
     * @param valueOrigin where the value of a path stands
     */
    TreeSource(
            Findings findings, Function<List<String>, Origin> keyOrigin, Function<List<String>, Origin> valueOrigin) {
        this.findings = findings;
        this.keyOrigin = keyOrigin;
        this.valueOrigin = valueOrigin;
    }

    /** Reads the tree of a host; a tree without {@code callback} sets nothing. */
    static void readHost(JsonObject tree, Findings findings) {
        new TreeSource(findings, path -> Origin.HOST, path -> Origin.HOST).read(tree);
    }

    void read(JsonObject tree) {
        visit(List.of(ROOT), tree.getValue(ROOT));
    }

    private void visit(List<String> path, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (OptionTable.isSection(path)) {
            section(path, value);
        } else if (OptionTable.find(path).isPresent()) {
            findings.add(new Finding(path, value, valueOrigin.apply(path)));
        } else {
            findings.problem(ConfigProblem.unknown(path, keyOrigin.apply(path)));
        }
    }

    private void section(List<String> path, Object value) {
        if (!(value instanceof JsonObject table)) {
            findings.problem(ConfigProblem.notATable(path, value, valueOrigin.apply(path)));
            return;
        }
        if (OptionTable.isCommand(path)) {
            findings.command(path.get(path.size() - 1), keyOrigin.apply(path));
        }
        for (String key : table.fieldNames()) {
            visit(below(path, key), table.getValue(key));
        }
    }

    private static List<String> below(List<String> path, String key) {
        List<String> result = new ArrayList<>(path);
        result.add(key);
        return List.copyOf(result);
    }
}
