package io.cloudland.callback.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What custom headers of an endpoint must be. */
final class HeaderRules {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E\\t]*[\\x21-\\x7E])?");

    /** What a request says of itself, and what the connection needs. */
    private static final Set<String> OURS = Set.of(
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "x-ps-api-key");

    private static final List<String> OUR_PREFIXES = List.of("webhook-", "cloudland-", "ce-", "proxy-");

    static final String NAME = "must be named by letters, digits, \"-\", \"_\" and the like, as HTTP has it";

    private HeaderRules() {}

    static Rule<String> value() {
        return Rule.text("visible ASCII characters, blanks between them at most", VALUE.asMatchPredicate());
    }

    static boolean isName(String name) {
        return TOKEN.matcher(name).matches();
    }

    /** Whether we set it ourselves, or not at all. */
    static boolean isOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OURS.contains(lower) || OUR_PREFIXES.stream().anyMatch(lower::startsWith);
    }
}
