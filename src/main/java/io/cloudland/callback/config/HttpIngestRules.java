package io.cloudland.callback.config;

import io.cloudland.callback.model.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules for who may send commands by HTTP, and where to. */
final class HttpIngestRules {

    private static final int MOST_TOKENS = 8;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{16,256}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]+");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|(0*:)+0*1");

    private HttpIngestRules() {}

    static Rule<String> host() {
        return Rule.text(
                "an address such as 127.0.0.1, ::1 or 0.0.0.0, or a name of this machine", HOST.asMatchPredicate());
    }

    /** Whether nobody but this machine can reach it. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    static Rule<URI> upstream() {
        return new Rule<>(
                "http://host:port and nothing behind it",
                value -> value instanceof String text ? uri(text) : Optional.empty());
    }

    private static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text);
            boolean plain = "http".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() >= 1
                    && uri.getPort() <= 65_535
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && List.of("", "/").contains(uri.getRawPath());
            return plain ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    /** One token; several, parted by white space, as the lines of a file have them. */
    static Rule<List<Secret>> tokens() {
        return new Rule<>(
                "16 to 256 of letters, digits and \"._~+/=-\"",
                value -> value instanceof String text ? tokens(text) : Optional.empty());
    }

    private static Optional<List<Secret>> tokens(String text) {
        List<String> tokens =
                Stream.of(text.strip().split("\\s+", -1)).distinct().toList();
        boolean right = tokens.size() <= MOST_TOKENS && tokens.stream().allMatch(TOKEN.asMatchPredicate());
        return right ? Optional.of(tokens.stream().map(Secret::new).toList()) : Optional.empty();
    }
}
