package io.cloudland.callback.config;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks the {@code callback} tree of a file or a host. */
final class TreeSource {

    static final String ROOT = "callback";

    private final Findings findings;
    private final Places places;

    TreeSource(Findings findings, Places places) {
        this.findings = findings;
        this.places = places;
    }

    /** Reads the tree of a host; a tree without {@code callback} sets nothing. */
    static void readHost(JsonObject tree, Findings findings) {
        new TreeSource(findings, Places.NOWHERE).read(tree);
    }

    void read(JsonObject tree) {
        visit(List.of(ROOT), tree.getValue(ROOT));
    }

    void visit(List<String> path, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (path.equals(OptionTable.ENDPOINTS)) {
            new EndpointTables(findings, places).read(value);
        } else if (OptionTable.isSection(path)) {
            section(path, value);
        } else if (OptionTable.find(path).isPresent()) {
            findings.add(new Finding(path, value, places.value(path)));
        } else {
            findings.problem(ConfigProblem.unknown(path, places.key(path)));
        }
    }

    private void section(List<String> path, Object value) {
        if (!(value instanceof JsonObject table)) {
            findings.problem(ConfigProblem.notATable(path, value, places.value(path)));
            return;
        }
        if (OptionTable.isCommand(path)) {
            findings.command(path.get(path.size() - 1), places.key(path));
        }
        for (String key : table.fieldNames()) {
            visit(below(path, key), table.getValue(key));
        }
    }

    static List<String> below(List<String> path, String key) {
        List<String> result = new ArrayList<>(path);
        result.add(key);
        return List.copyOf(result);
    }
}
