package io.cloudland.callback.config;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;

/** Reads the values of one DER structure, one after the other. */
final class Der {

    static final int OCTETS = 0x04;
    static final int IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;
    static final int CONTEXT_0 = 0xA0;

    private static final int INTEGER = 0x02;
    private static final int LONG_LENGTH = 0x80;

    private final ByteBuffer rest;

    Der(byte[] bytes) {
        this.rest = ByteBuffer.wrap(bytes);
    }

    /** The content of the next value, which must be of that kind. */
    byte[] next(int tag) throws InvalidKeyException {
        try {
            if (Byte.toUnsignedInt(rest.get()) != tag) {
                throw new InvalidKeyException("a value of another kind");
            }
            int length = length();
            if (length > rest.remaining()) {
                throw new InvalidKeyException("a value that breaks off");
            }
            byte[] content = new byte[length];
            rest.get(content);
            return content;
        } catch (BufferUnderflowException torn) {
            throw new InvalidKeyException("a value that breaks off", torn);
        }
    }

    private int length() throws InvalidKeyException {
        int first = Byte.toUnsignedInt(rest.get());
        if (first < LONG_LENGTH) {
            return first;
        }
        int bytes = first - LONG_LENGTH;
        if (bytes < 1 || bytes > 3) {
            throw new InvalidKeyException("a length that no key has");
        }
        int length = 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << 8) | Byte.toUnsignedInt(rest.get());
        }
        return length;
    }

    /** The values in the next one, which must be of that kind. */
    Der into(int tag) throws InvalidKeyException {
        return new Der(next(tag));
    }

    BigInteger number() throws InvalidKeyException {
        byte[] content = next(INTEGER);
        if (content.length == 0) {
            throw new InvalidKeyException("a number without digits");
        }
        return new BigInteger(content);
    }
}
