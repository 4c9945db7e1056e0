package io.cloudland.callback.config;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for addresses of other machines. */
final class Addresses {

    private static final Pattern PASSWORD_PARAMETER = Pattern.compile("(^|&)password=");

    /** What a port has at most; more are leading zeros, which not everybody who is asked to connect takes. */
    private static final Pattern TOO_MANY_DIGITS = Pattern.compile(":[0-9]{6,}$");

    private Addresses() {}

    /** Where callbacks are posted to. */
    static Rule<URI> httpUrl() {
        return new Rule<>(
                "an absolute http or https address with a host, a port from 1 to 65535 where it names one, and no user"
                        + " info",
                value -> uri(value).filter(Addresses::isHttpUrl));
    }

    /**
     * A database.
     *
     * @param password the option that the password has, so that it can come from a file
     */
    static Rule<String> postgresqlUri(String password) {
        return new Rule<>(
                "postgresql://user@host:port/database with no password inside (use " + password + ")",
                value -> uri(value).filter(Addresses::isPostgresqlUri).map(URI::toString));
    }

    /** A proxy without its password, or {@code off}; empty where the value is neither. */
    static Optional<URI> proxy(Object value) {
        return uri(value).filter(uri -> value.equals("off") || isProxy(uri));
    }

    private static boolean isProxy(URI uri) {
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        return hasScheme(uri, Set.of("http", "https", "socks5"))
                && hasHost(uri)
                && uri.getPort() != -1
                && (uri.getRawUserInfo() == null || hasUserWithoutPassword(uri))
                && (path.isEmpty() || path.equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    private static Optional<URI> uri(Object value) {
        try {
            return value instanceof String text ? Optional.of(new URI(text)) : Optional.empty();
        } catch (java.net.URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private static boolean isHttpUrl(URI uri) {
        return hasScheme(uri, Set.of("http", "https")) && hasHost(uri) && uri.getRawUserInfo() == null;
    }

    private static boolean isPostgresqlUri(URI uri) {
        return hasScheme(uri, Set.of("postgresql", "postgres"))
                && hasHost(uri)
                && hasUserWithoutPassword(uri)
                && Optional.ofNullable(uri.getRawPath()).orElse("").length() > 1
                && Optional.ofNullable(uri.getQuery())
                        .filter(PASSWORD_PARAMETER.asPredicate())
                        .isEmpty();
    }

    private static boolean hasScheme(URI uri, Set<String> schemes) {
        return uri.getScheme() != null && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT));
    }

    private static boolean hasHost(URI uri) {
        String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
        boolean portWrong =
                authority.endsWith(":") || TOO_MANY_DIGITS.matcher(authority).find();
        return uri.getHost() != null && !portWrong && (uri.getPort() == -1 || isPort(uri.getPort()));
    }

    private static boolean isPort(int port) {
        return port >= 1 && port <= 65535;
    }

    private static boolean hasUserWithoutPassword(URI uri) {
        String user = uri.getRawUserInfo();
        return user != null && !user.isEmpty() && !user.contains(":");
    }
}
