package io.cloudland.callback.http;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an endpoint agreed. Pure.
 *
 * <p>A good status alone is no consent: whatever serves every path answers OPTIONS with one. The headers are, and only
 * together with a good status, because an error page may repeat them.
 */
final class HandshakeVerdict {

    private static final String ANY = "*";
    private static final Pattern RATE = Pattern.compile("[1-9][0-9]{0,17}");

    private HandshakeVerdict() {}

    /**
     * @param origin who we said that we are
     * @param allowedOrigin the {@code WebHook-Allowed-Origin} header, where there is one
     * @param allowedRate the {@code WebHook-Allowed-Rate} header, where there is one; without it any rate is allowed
     */
    static HandshakeAnswer of(
            AttemptOutcome outcome, String origin, @Nullable String allowedOrigin, @Nullable String allowedRate) {
        if (!(outcome instanceof Answered answered)) {
            return new HandshakeAnswer.Refused(outcome.describe(), Duration.ZERO);
        }
        if (answered.status() < 200 || answered.status() > 299) {
            return refused(answered, answered.describe());
        }
        if (allowedOrigin == null) {
            return refused(answered, answered.describe() + " without WebHook-Allowed-Origin");
        }
        if (!isAllowed(origin, allowedOrigin.strip())) {
            return refused(
                    answered, answered.describe() + ", but another WebHook-Allowed-Origin than \"" + origin + "\"");
        }
        return rate(answered, allowedRate == null ? ANY : allowedRate.strip());
    }

    private static boolean isAllowed(String origin, String allowed) {
        return allowed.equals(ANY) || allowed.equalsIgnoreCase(origin);
    }

    /** A limit that cannot be read must not be taken for none. */
    private static HandshakeAnswer rate(Answered answered, String allowed) {
        if (allowed.equals(ANY)) {
            return new HandshakeAnswer.Granted(0);
        }
        return RATE.matcher(allowed).matches()
                ? new HandshakeAnswer.Granted(Long.parseLong(allowed))
                : refused(
                        answered,
                        answered.describe() + ", but WebHook-Allowed-Rate is neither a whole number above 0 nor \"*\"");
    }

    private static HandshakeAnswer refused(Answered answered, String reason) {
        return new HandshakeAnswer.Refused(reason, answered.retryAfter().orElse(Duration.ZERO));
    }
}
