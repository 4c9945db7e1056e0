package io.cloudland.callback.store.rocksdb;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Builds the bytes of one row. Lengths and numbers take as few bytes as they need. */
final class Encoder {

    private byte[] bytes;
    private int size;

    Encoder(int expectedSize) {
        this.bytes = new byte[expectedSize];
    }

    Encoder putByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Seven bits a byte, the low ones first; small numbers take one byte, negative ones ten. */
    Encoder putNumber(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** Eight bytes, the high one first, so that keys sort by it. */
    Encoder putLong(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Four bytes, the high one first. */
    Encoder putInt(int value) {
        room(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    Encoder putBytes(byte[] value) {
        return putNumber(value.length).putRaw(value);
    }

    /** Without a length: whoever reads it must know where it ends. */
    Encoder putRaw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    Encoder putText(String value) {
        return putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    Encoder putText(Optional<String> value) {
        putByte(value.isPresent() ? 1 : 0);
        value.ifPresent(this::putText);
        return this;
    }

    Encoder putInstant(Instant value) {
        return putNumber(value.getEpochSecond()).putNumber(value.getNano());
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
