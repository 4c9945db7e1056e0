package io.cloudland.callback.ingest.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Follows one direction of an HTTP/1.x connection as its bytes pass, without holding back or changing any. Pure; confined to
 * whoever feeds it.
 *
 * <p>It keeps a head or a line at most. Once it is lost it stays so: a guess could take a piece of one message for another.
 */
final class MessageReader {

    /** Hears of each message. */
    interface Listener {

        /** A head has passed; says where its body ends. */
        Framing head(MessageHead head);

        /** A piece of the body, without what chunks it. */
        void body(byte[] bytes, int from, int to);

        /** The message has passed. */
        void end();
    }

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_CLOSE,
        LOST
    }

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final Pattern CHUNK_EXTENSION = Pattern.compile("\\s*;.*");
    private static final Pattern CHUNK_BYTES = Pattern.compile("[0-9a-fA-F]{1,15}");

    private final Listener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private State state = State.HEAD;
    private long left;
    private boolean lineIsEmpty = true;

    MessageReader(Listener listener) {
        this.listener = listener;
    }

    /** The next bytes of the connection. */
    void read(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && state != State.LOST) {
            at = step(bytes, at);
        }
    }

    boolean isLost() {
        return state == State.LOST;
    }

    void lose() {
        state = State.LOST;
        line.reset();
    }

    /** Whether a message has begun and not ended. */
    boolean isMidMessage() {
        return (state != State.HEAD && state != State.LOST) || line.size() > 0;
    }

    private int step(byte[] bytes, int at) {
        return switch (state) {
            case HEAD -> untilEmptyLine(bytes, at, this::headPassed);
            case BODY -> piece(bytes, at, this::messagePassed);
            case CHUNK_SIZE -> untilLineEnd(bytes, at, this::sizePassed);
            case CHUNK -> piece(bytes, at, () -> state = State.CHUNK_END);
            case CHUNK_END -> untilLineEnd(bytes, at, this::chunkPassed);
            case TRAILER -> untilEmptyLine(bytes, at, trailer -> messagePassed());
            case UNTIL_CLOSE -> {
                listener.body(bytes, at, bytes.length);
                yield bytes.length;
            }
            case LOST -> bytes.length;
        };
    }

    private int piece(byte[] bytes, int at, Runnable passed) {
        int to = (int) Math.min(bytes.length, at + left);
        listener.body(bytes, at, to);
        left -= to - at;
        if (left == 0) {
            passed.run();
        }
        return to;
    }

    /** Collects lines up to an empty one; empty lines before a head are none of its. */
    private int untilEmptyLine(byte[] bytes, int from, Consumer<byte[]> passed) {
        for (int at = from; at < bytes.length; at++) {
            byte read = bytes[at];
            if (read == '\n' && lineIsEmpty) {
                return keep(bytes, from, at + 1) ? emptyLine(passed, at + 1) : bytes.length;
            }
            if (read != '\r') {
                lineIsEmpty = read == '\n';
            }
        }
        keep(bytes, from, bytes.length);
        return bytes.length;
    }

    private int emptyLine(Consumer<byte[]> passed, int next) {
        byte[] kept = line.toByteArray();
        line.reset();
        if (state == State.TRAILER || kept.length > 2) {
            passed.accept(kept);
        }
        return next;
    }

    private int untilLineEnd(byte[] bytes, int from, Function<String, State> passed) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                return keep(bytes, from, at) ? lineEnd(passed, at + 1) : bytes.length;
            }
        }
        keep(bytes, from, bytes.length);
        return bytes.length;
    }

    private int lineEnd(Function<String, State> passed, int next) {
        String text = line.toString(ISO_8859_1);
        line.reset();
        state = passed.apply(text.strip());
        return next;
    }

    private boolean keep(byte[] bytes, int from, int to) {
        if (line.size() + (to - from) > MAX_HEAD_BYTES) {
            lose();
            return false;
        }
        line.write(bytes, from, to - from);
        return true;
    }

    private void headPassed(byte[] head) {
        Framing framing = listener.head(MessageHead.of(head));
        if (state == State.LOST) {
            return;
        }
        left = framing.length();
        switch (framing.kind()) {
            case LENGTH -> {
                state = State.BODY;
                if (left == 0) {
                    messagePassed();
                }
            }
            case CHUNKED -> state = State.CHUNK_SIZE;
            case UNTIL_CLOSE -> state = State.UNTIL_CLOSE;
            case UNKNOWN -> lose();
        }
    }

    private State sizePassed(String text) {
        String digits = CHUNK_EXTENSION.matcher(text).replaceFirst("");
        if (!CHUNK_BYTES.matcher(digits).matches()) {
            return State.LOST;
        }
        left = Long.parseLong(digits, 16);
        return left == 0 ? State.TRAILER : State.CHUNK;
    }

    private State chunkPassed(String rest) {
        return rest.isEmpty() ? State.CHUNK_SIZE : State.LOST;
    }

    private void messagePassed() {
        state = State.HEAD;
        listener.end();
    }
}
