package io.cloudland.callback.http;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/** Judges the head of an answer: what no final answer may have ends it there, before its body. */
final class AnswerHead {

    private static final int MAX_STATUS = 999;

    private AnswerHead() {}

    /** Why it is no final answer; empty where it is one. */
    static Optional<String> defect(int status) {
        if (status < 200) {
            // The final answer would follow, and be taken for that of the connection's next request.
            return Optional.of("malformed answer: unexpected interim status " + status);
        }
        return status > MAX_STATUS ? Optional.of("malformed answer: status above " + MAX_STATUS) : Optional.empty();
    }

    /**
     * Whether it announces a body that, by its status, is none and goes unread (RFC 9112, section 6.3): what came of it would
     * be taken for the beginning of the connection's next answer.
     */
    static boolean hasUnreadBody(HttpClientResponse head) {
        if (head.statusCode() != 204 && head.statusCode() != 304) {
            return false;
        }
        String length = head.getHeader(HttpHeaders.CONTENT_LENGTH);
        return head.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || (length != null && !length.equals("0"));
    }
}
