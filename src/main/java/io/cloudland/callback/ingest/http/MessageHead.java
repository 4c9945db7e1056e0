package io.cloudland.callback.ingest.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The head of an HTTP/1.x message as it stands on the wire. Pure.
 *
 * @param startLine the first line, without its end
 * @param lines the header lines after it
 */
record MessageHead(String startLine, List<String> lines) {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[0-9] [0-9]{3}( .*)?");

    /** @param bytes up to and with the empty line; lines end with LF, with or without CR before it */
    static MessageHead of(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                int to = at > from && bytes[at - 1] == '\r' ? at - 1 : at;
                lines.add(new String(bytes, from, to - from, ISO_8859_1));
                from = at + 1;
            }
        }
        int end = lines.subList(1, lines.size()).indexOf("");
        return new MessageHead(lines.get(0), lines.subList(1, end < 0 ? lines.size() : end + 1));
    }

    /** The values of a header, in their order. */
    List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon == name.length() && line.regionMatches(true, 0, name, 0, colon)) {
                values.add(line.substring(colon + 1).strip());
            }
        }
        return values;
    }

    /** The start line's words, or none where it is no start line of HTTP/1.x with three parts, of which the last may be missing. */
    private List<String> words() {
        return List.of(startLine.split(" ", 3));
    }

    /** Whether it is the head of a request of HTTP/1.x. */
    boolean isRequest() {
        return words().size() == 3 && words().get(2).startsWith("HTTP/1.");
    }

    /** Whether it asks for that, whatever the query; of an address with a host in it, the path counts. */
    boolean asksFor(String method, String path) {
        String address = words().get(1);
        return hasMethod(method) && (address.equals(path) || pathOf(address).equals(path));
    }

    private static String pathOf(String address) {
        return address.replaceFirst("\\?.*$", "").replaceFirst("^https?://[^/]*", "");
    }

    boolean hasMethod(String method) {
        return words().get(0).equals(method);
    }

    /** The status of a response of HTTP/1.x; empty where it is none. */
    Optional<Integer> status() {
        boolean response = STATUS_LINE.matcher(startLine).matches();
        return response ? Optional.of(Integer.valueOf(words().get(1))) : Optional.empty();
    }
}
