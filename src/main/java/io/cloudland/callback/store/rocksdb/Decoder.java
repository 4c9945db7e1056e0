package io.cloudland.callback.store.rocksdb;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Reads what an {@link Encoder} wrote. Anything that does not fit is an {@link IllegalArgumentException}. */
final class Decoder {

    private final ByteBuffer bytes;

    Decoder(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** Starts reading a row, which must be of that version. */
    static Decoder ofVersion(byte[] row, int version) {
        Decoder decoder = new Decoder(row);
        int found = decoder.getByte();
        if (found != version) {
            throw new IllegalArgumentException("the row has version " + found + ", only " + version + " is known");
        }
        return decoder;
    }

    Decoder skip(int count) {
        need(count);
        bytes.position(bytes.position() + count);
        return this;
    }

    int getByte() {
        need(1);
        return bytes.get() & 0xFF;
    }

    long getNumber() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = getByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has no end");
    }

    int getSmallNumber() {
        long value = getNumber();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a number is out of range: " + value);
        }
        return (int) value;
    }

    long getLong() {
        need(8);
        return bytes.getLong();
    }

    int getInt() {
        need(4);
        return bytes.getInt();
    }

    byte[] getBytes() {
        int length = getSmallNumber();
        need(length);
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    String getText() {
        int length = getSmallNumber();
        need(length);
        ByteBuffer text = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text is not UTF-8", e);
        }
    }

    Optional<String> getOptionalText() {
        return getByte() == 0 ? Optional.empty() : Optional.of(getText());
    }

    Instant getInstant() {
        long seconds = getNumber();
        try {
            return Instant.ofEpochSecond(seconds, getSmallNumber());
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("a time is out of range", e);
        }
    }

    /** Checks that nothing is left over. */
    void end() {
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException("the row has " + bytes.remaining() + " bytes too many");
        }
    }

    private void need(int count) {
        if (bytes.remaining() < count) {
            throw new IllegalArgumentException(
                    "the row ends too early: " + count + " bytes are needed, " + bytes.remaining() + " are left");
        }
    }
}
