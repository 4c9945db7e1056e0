package io.cloudland.callback.ingest;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Cuts the bytes of one connection into frames: four bytes of length, big-endian, then so many bytes. A length beyond the limit
 * is noticed before anything of the frame is kept, so that a connection never holds more than one frame and one read. Confined to
 * its connection.
 */
final class FrameReader {

    private static final int LENGTH_BYTES = 4;

    /** Somebody speaks another protocol, or sends what nobody may send: nothing that follows can be understood. */
    static final class NoFrame extends Exception {
        NoFrame(String message) {
            super(message, null, false, false);
        }
    }

    private final int maxBytes;
    private Buffer read = Buffer.buffer();
    private int at;

    FrameReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(Buffer bytes) {
        Buffer rest = at == read.length() ? Buffer.buffer() : read.getBuffer(at, read.length());
        read = rest.appendBuffer(bytes);
        at = 0;
    }

    /** The next whole frame, where there is one. */
    Optional<Buffer> next() throws NoFrame {
        if (read.length() - at < LENGTH_BYTES) {
            return Optional.empty();
        }
        long length = read.getUnsignedInt(at);
        if (length > maxBytes) {
            throw new NoFrame("frame_too_long: " + length + " bytes announced, " + maxBytes + " allowed");
        }
        int end = at + LENGTH_BYTES + (int) length;
        if (read.length() < end) {
            return Optional.empty();
        }
        Buffer frame = read.getBuffer(at + LENGTH_BYTES, end);
        at = end;
        return Optional.of(frame);
    }
}
