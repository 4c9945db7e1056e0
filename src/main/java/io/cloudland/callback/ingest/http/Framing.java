package io.cloudland.callback.ingest.http;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a message's body ends, by RFC 9112. Pure.
 *
 * @param length the bytes of the body, where the kind is {@code LENGTH}
 */
record Framing(Kind kind, long length) {

    enum Kind {
        LENGTH,
        CHUNKED,
        /** It ends with the connection. */
        UNTIL_CLOSE,
        /** It cannot be told: what follows is no HTTP/1.x, or two readers could read it in two ways. */
        UNKNOWN
    }

    private static final Pattern BYTES = Pattern.compile("[0-9]{1,18}");
    private static final Framing EMPTY = new Framing(Kind.LENGTH, 0);
    private static final Framing CHUNKED = new Framing(Kind.CHUNKED, 0);
    private static final Framing UNTIL_CLOSE = new Framing(Kind.UNTIL_CLOSE, 0);
    private static final Framing UNKNOWN = new Framing(Kind.UNKNOWN, 0);

    static Framing ofRequest(MessageHead head) {
        if (!head.isRequest() || head.hasMethod("CONNECT")) {
            return UNKNOWN;
        }
        if (!head.values("Transfer-Encoding").isEmpty()) {
            return isChunked(head) ? CHUNKED : UNKNOWN;
        }
        return head.values("Content-Length").isEmpty() ? EMPTY : ofLength(head);
    }

    /**
     * The framing of a response that is no interim one.
     *
     * @param toHead whether it answers a HEAD, which has no body whatever its headers say
     */
    static Framing ofResponse(MessageHead head, int status, boolean toHead) {
        if (status == 101) {
            return UNKNOWN;
        }
        if (toHead || status == 204 || status == 304) {
            return EMPTY;
        }
        if (!head.values("Transfer-Encoding").isEmpty()) {
            return isChunked(head) ? CHUNKED : UNTIL_CLOSE;
        }
        return head.values("Content-Length").isEmpty() ? UNTIL_CLOSE : ofLength(head);
    }

    static Framing empty() {
        return EMPTY;
    }

    private static boolean isChunked(MessageHead head) {
        List<String> codings = head.values("Transfer-Encoding");
        String last = codings.get(codings.size() - 1).toLowerCase(Locale.ROOT);
        return last.equals("chunked") || last.matches(".*,\\s*chunked");
    }

    private static Framing ofLength(MessageHead head) {
        List<String> lengths = head.values("Content-Length");
        String length = lengths.get(0);
        boolean plain = Collections.frequency(lengths, length) == lengths.size()
                && BYTES.matcher(length).matches();
        return plain ? new Framing(Kind.LENGTH, Long.parseLong(length)) : UNKNOWN;
    }
}
