package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.store.KeptPart;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a kept command: one of the command, and one of each part that is open, with the id promised to its event. The
 * command's comes before those of its parts.
 */
final class InboxCodec {

    private static final int VERSION = 1;
    private static final int COMMAND_KEY_LENGTH = 8;

    private InboxCodec() {}

    static byte[] commandKey(long arrival) {
        return new Encoder(COMMAND_KEY_LENGTH).putLong(arrival).toBytes();
    }

    static boolean isOfPart(byte[] key) {
        return key.length > COMMAND_KEY_LENGTH;
    }

    static long arrivalOf(byte[] key) {
        return new Decoder(key).getLong();
    }

    static byte[] encode(CommandMessage command) {
        Encoder to = new Encoder(256)
                .putByte(VERSION)
                .putText(command.id())
                .putText(command.name())
                .putNumber(command.args().size());
        command.args().forEach(to::putText);
        return to.putByte(command.failed() ? 1 : 0)
                .putText(command.snapshot().map(InboxCodec::json))
                .putInstant(command.timestamp())
                .toBytes();
    }

    static CommandMessage decode(byte[] row) {
        Decoder from = Decoder.ofVersion(row, VERSION);
        CommandMessage command = new CommandMessage(
                from.getOptionalText(),
                from.getText(),
                getArgs(from),
                from.getByte() == 1,
                from.getOptionalText().map(InboxCodec::map),
                from.getInstant());
        from.end();
        return command;
    }

    private static List<String> getArgs(Decoder from) {
        int size = from.getSmallNumber();
        List<String> args = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            args.add(from.getText());
        }
        return Collections.unmodifiableList(args);
    }

    /** As it came: a snapshot is JSON and not checked yet. */
    private static String json(Map<String, Object> snapshot) {
        return new JsonObject(snapshot).encode();
    }

    private static Map<String, Object> map(String json) {
        try {
            return new JsonObject(json).getMap();
        } catch (DecodeException e) {
            throw new IllegalArgumentException("a snapshot is not JSON", e);
        }
    }

    static byte[] encode(KeptPart part) {
        return new Encoder(48).putByte(VERSION).putText(part.eventId().value()).toBytes();
    }

    static KeptPart decode(byte[] key, byte[] row) {
        PartKey at = PartKey.of(key);
        Decoder from = Decoder.ofVersion(row, VERSION);
        KeptPart part = new KeptPart(at.arrival(), at.index(), new EventId(from.getText()), Optional.empty());
        from.end();
        return part;
    }
}
