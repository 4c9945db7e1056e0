package io.cloudland.callback.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The words of {@code webhook-signature}: a blank-separated list of a version, a comma and base64. */
final class SignatureHeader {

    static final String SHARED = "v1,";
    static final String ED25519 = "v1a,";

    private SignatureHeader() {}

    /** What is signed before the body: id and timestamp, with a dot behind each. */
    static byte[] signedHead(String id, String timestamp) {
        return (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    }

    /** The signatures of that version; what is not base64 is left out, as it can match nothing. */
    static List<byte[]> ofVersion(String version, String header) {
        List<byte[]> signatures = new ArrayList<>();
        for (String entry : header.strip().split("\\s+", -1)) {
            if (entry.startsWith(version)) {
                decode(entry.substring(version.length()), signatures);
            }
        }
        return signatures;
    }

    private static void decode(String base64, List<byte[]> to) {
        try {
            to.add(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            // Matches nothing.
        }
    }
}
