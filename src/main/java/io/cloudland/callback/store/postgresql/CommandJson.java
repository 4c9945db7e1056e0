package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.CommandMessage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A kept command as JSON. */
final class CommandJson {

    private CommandJson() {}

    static String encode(CommandMessage command) {
        JsonObject json = new JsonObject()
                .put("name", command.name())
                .put("args", new JsonArray(command.args()))
                .put("failed", command.failed())
                .put("timestamp", command.timestamp().toString());
        command.id().ifPresent(id -> json.put("id", id));
        command.snapshot().ifPresent(snapshot -> json.put("snapshot", new JsonObject(snapshot)));
        return json.encode();
    }

    static CommandMessage decode(JsonObject json) {
        return new CommandMessage(
                Optional.ofNullable(json.getString("id")),
                json.getString("name"),
                args(json.getJsonArray("args")),
                json.getBoolean("failed"),
                Optional.ofNullable(json.getJsonObject("snapshot")).map(JsonObject::getMap),
                Instant.parse(json.getString("timestamp")));
    }

    private static List<String> args(JsonArray args) {
        return args.stream().map(String::valueOf).toList();
    }
}
