package io.cloudland.callback.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Turns TOML into JSON without loss: integers stay exact, dates and times become ISO 8601 strings. */
final class TomlJson {

    private TomlJson() {}

    static JsonObject object(TomlTable table) {
        JsonObject object = new JsonObject();
        for (Map.Entry<String, Object> entry : table.entrySet()) {
            object.put(entry.getKey(), value(entry.getValue()));
        }
        return object;
    }

    private static JsonArray array(TomlArray array) {
        JsonArray result = new JsonArray();
        array.toList().forEach(element -> result.add(value(element)));
        return result;
    }

    private static Object value(Object value) {
        if (value instanceof TomlTable table) {
            return object(table);
        }
        if (value instanceof TomlArray array) {
            return array(array);
        }
        return value instanceof TemporalAccessor time ? iso(time) : value;
    }

    /** With seconds always: {@code toString} leaves {@code :00} away, which not every reader takes. */
    private static String iso(TemporalAccessor time) {
        return format(time).format(time);
    }

    private static DateTimeFormatter format(TemporalAccessor time) {
        if (time instanceof OffsetDateTime) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME;
        }
        if (time instanceof LocalDateTime) {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME;
        }
        return time instanceof LocalTime ? DateTimeFormatter.ISO_LOCAL_TIME : DateTimeFormatter.ISO_LOCAL_DATE;
    }
}
