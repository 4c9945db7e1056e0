package io.cloudland.callback.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlKeyValue;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Where the keys and values of a TOML text stand.
 *
 * @param depth how many parts of a path lead to {@code table}
 */
record TomlPlaces(Origin file, TomlTable table, int depth) implements Places {

    @Override
    public Origin key(List<String> path) {
        return at(table.inputPositionOf(inside(path)));
    }

    @Override
    public Origin value(List<String> path) {
        return Optional.ofNullable(entry(table, inside(path)))
                .map(entry -> at(entry.value().position()))
                .orElseGet(() -> key(path));
    }

    private static @Nullable TomlKeyValue entry(TomlTable table, List<String> path) {
        return table.entry(path);
    }

    @Override
    public Origin element(List<String> array, int index) {
        return at(array(array).inputPositionOf(index));
    }

    @Override
    public Places inElement(List<String> array, int index, int newDepth) {
        return new TomlPlaces(file, array(array).getTable(index), newDepth);
    }

    private TomlArray array(List<String> path) {
        return table.getArrayOrEmpty(inside(path));
    }

    private List<String> inside(List<String> path) {
        return path.subList(depth, path.size());
    }

    private Origin at(@Nullable TomlPosition position) {
        return position == null ? file : file.at(position.line(), position.column());
    }
}
