package io.cloudland.callback.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request as {@link RawServer} took it off the wire, taken apart; header names in lower case. */
record CapturedRequest(Map<String, String> headers, byte[] body) {

    static CapturedRequest of(String latin1) {
        int end = latin1.indexOf("\r\n\r\n");
        Map<String, String> headers = new TreeMap<>();
        latin1.substring(0, end).lines().skip(1).forEach(line -> {
            int colon = line.indexOf(": ");
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
        });
        return new CapturedRequest(headers, latin1.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1));
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    SignedRequest signed() {
        return new SignedRequest(
                Optional.ofNullable(headers.get("webhook-id")),
                Optional.ofNullable(headers.get("webhook-timestamp")),
                Optional.ofNullable(headers.get("webhook-signature")),
                body);
    }
}
