package io.cloudland.callback.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;

/**
 * The head of the first request on a connection to a {@link ProxyRelay}. Pure.
 *
 * @param text from the request line to the blank line, as Latin-1
 */
record RelayedHead(String text) {

    private static final String HEADER = "proxy-authorization:";

    /** What the header must hold. */
    static String credentials(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /** Whether the request says who sends it, in these words. */
    boolean carries(String credentials) {
        return text.lines()
                .filter(line -> line.regionMatches(true, 0, HEADER, 0, HEADER.length()))
                .anyMatch(line -> MessageDigest.isEqual(
                        line.substring(HEADER.length()).strip().getBytes(ISO_8859_1),
                        credentials.getBytes(ISO_8859_1)));
    }

    /** Whether it asks for a tunnel, and so is answered by whoever is the proxy. */
    boolean asksForTunnel() {
        return text.startsWith("CONNECT ");
    }
}
