package io.cloudland.callback.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the tables of {@code [[callback.endpoints]]} in one source.
 *
 * <p>In paths a table goes by its name, so that a later source can add to it; where it has none that is right and its
 * own, by its place.
 */
final class EndpointTables {

    private static final List<String> ARRAY = OptionTable.ENDPOINTS;

    private final Findings findings;
    private final Places places;
    private final Map<String, Origin> named = new HashMap<>();

    EndpointTables(Findings findings, Places places) {
        this.findings = findings;
        this.places = places;
    }

    void read(Object value) {
        if (!(value instanceof JsonArray array)) {
            notTables(value, places.value(ARRAY));
            return;
        }
        for (int i = 0; i < array.size(); i++) {
            if (array.getValue(i) instanceof JsonObject table) {
                read(i, table);
            } else {
                notTables(array.getValue(i), places.element(ARRAY, i));
            }
        }
    }

    private void notTables(Object value, Origin origin) {
        findings.problem(new ConfigProblem(
                origin,
                Shown.key(ARRAY),
                "must be an array of tables, [[callback.endpoints]], was " + Shown.wrong(value)));
    }

    private void read(int index, JsonObject table) {
        Origin origin = places.element(ARRAY, index);
        List<String> path = TreeSource.below(ARRAY, nameOf(index, table, origin));
        findings.endpoint(path.get(ARRAY.size()), origin);
        TreeSource inside = new TreeSource(findings, places.inElement(ARRAY, index, path.size()));
        for (String key : table.fieldNames()) {
            inside.visit(TreeSource.below(path, key), table.getValue(key));
        }
    }

    private String nameOf(int index, JsonObject table, Origin origin) {
        String place = "[" + (index + 1) + "]";
        String name =
                EndpointOptions.NAME.rule().read(table.getValue("name", "")).orElse(place);
        Origin other = named.putIfAbsent(name, origin);
        if (other == null) {
            return name;
        }
        String text = "must be unique, was " + Shown.quoted(name) + ", as that of the endpoint at " + other.place();
        findings.problem(new ConfigProblem(origin, Shown.key(TreeSource.below(ARRAY, place)) + ".name", text));
        return place;
    }
}
