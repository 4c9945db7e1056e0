package io.cloudland.callback.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The body of an answer as it comes in: counted up to a cap, of which only the start is kept. */
final class AnswerBody {

    /** So much of an answer is read; whoever sends more is cut off. */
    static final int CAP_BYTES = 64 * 1024;

    /** So much of an answer is told. */
    static final int EXCERPT_CHARS = 256;

    /** Four bytes are the most that a character takes in UTF-8. */
    private static final int KEPT_BYTES = 4 * EXCERPT_CHARS;

    private static final byte[] NOTHING = {};

    private byte[] start = NOTHING;
    private int kept;
    private long read;

    /** Takes the next piece in; false once there was more than the cap. */
    boolean add(Buffer piece) {
        read += piece.length();
        keepStartOf(piece);
        return read <= CAP_BYTES;
    }

    private void keepStartOf(Buffer piece) {
        int more = Math.min(piece.length(), KEPT_BYTES - kept);
        if (kept + more > start.length) {
            // As a rule the only piece, and a short one.
            start = Arrays.copyOf(start, kept + more);
        }
        piece.getBytes(0, more, start, kept);
        kept += more;
    }

    /** The start of the body on one line: what could act on a terminal or break a log line is replaced by a blank. */
    String excerpt() {
        if (kept == 0) {
            return "";
        }
        String text = new String(start, 0, kept, StandardCharsets.UTF_8);
        return harmless(text.substring(0, cut(text)));
    }

    private static String harmless(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (acts(text.charAt(i))) {
                return withBlanks(text);
            }
        }
        return text;
    }

    private static String withBlanks(String text) {
        StringBuilder excerpt = new StringBuilder(text);
        for (int i = 0; i < excerpt.length(); i++) {
            if (acts(excerpt.charAt(i))) {
                excerpt.setCharAt(i, ' ');
            }
        }
        return excerpt.toString();
    }

    private static int cut(String text) {
        if (text.length() <= EXCERPT_CHARS) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(EXCERPT_CHARS - 1)) ? EXCERPT_CHARS - 1 : EXCERPT_CHARS;
    }

    private static boolean acts(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
