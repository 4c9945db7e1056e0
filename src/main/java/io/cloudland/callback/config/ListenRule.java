package io.cloudland.callback.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the TCP bridge may listen: on loopback or a Unix domain socket, and nowhere else, for it speaks without TLS and asks
 * nobody who he is.
 */
final class ListenRule {

    private static final String UNIX = "unix:";
    private static final Pattern LOOPBACK =
            Pattern.compile("(127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]):(\\d{1,5})");

    private ListenRule() {}

    static Rule<String> rule() {
        return Rule.text(
                "a loopback address and a port (127.0.0.1:7000, [::1]:7000), or \"unix:\" and a path of at most 100 bytes;"
                        + " from other machines commands come by HTTP with TLS or over the clustered event bus",
                text -> socket(text).isPresent() || loopback(text).isPresent());
    }

    static Optional<Path> socket(String listen) {
        return Optional.of(listen)
                .filter(text -> text.startsWith(UNIX))
                .map(text -> text.substring(UNIX.length()))
                .filter(path ->
                        !path.equals("off") && Rule.socketPath().read(path).isPresent())
                .map(Path::of);
    }

    /** Host and port, in two groups. */
    static Optional<Matcher> loopback(String listen) {
        Matcher matcher = LOOPBACK.matcher(listen);
        return matcher.matches() && isPort(matcher.group(2)) && isAddress(matcher.group(1))
                ? Optional.of(matcher)
                : Optional.empty();
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= 65_535;
    }

    private static boolean isAddress(String host) {
        return host.startsWith("[")
                || Pattern.compile("\\.").splitAsStream(host).allMatch(part -> Integer.parseInt(part) <= 255);
    }
}
