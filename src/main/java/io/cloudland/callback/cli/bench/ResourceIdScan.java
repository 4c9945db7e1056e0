package io.cloudland.callback.cli.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Reads the resource id from an event's body without parsing the JSON, so that the sink stays cheap. */
final class ResourceIdScan {

    private static final byte[] KEY = "\"resource_id\":".getBytes(US_ASCII);

    private ResourceIdScan() {}

    /** The number behind the key; -1 where there is none. */
    static long of(byte[] body) {
        for (int start = 0; start + KEY.length < body.length; start++) {
            if (keyAt(body, start)) {
                return numberAt(body, start + KEY.length);
            }
        }
        return -1;
    }

    private static boolean keyAt(byte[] body, int start) {
        for (int i = 0; i < KEY.length; i++) {
            if (body[start + i] != KEY[i]) {
                return false;
            }
        }
        return true;
    }

    private static long numberAt(byte[] body, int start) {
        int at = start;
        while (at < body.length && body[at] == ' ') {
            at++;
        }
        int firstDigit = at;
        long number = 0;
        while (at < body.length && body[at] >= '0' && body[at] <= '9') {
            number = number * 10 + (body[at++] - '0');
        }
        return at == firstDigit ? -1 : number;
    }
}
