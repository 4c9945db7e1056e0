package io.cloudland.callback.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudland.callback.model.Secret;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether a request shows one of the tokens that are in force. Any thread; takes as long whatever is shown. */
public final class TokenCheck {

    private static final String SCHEME = "bearer ";

    private volatile List<Secret> tokens;

    /** @param tokens none: every request may pass */
    public TokenCheck(List<Secret> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /** From now on these are in force. */
    public void use(List<Secret> changed) {
        tokens = List.copyOf(changed);
    }

    /** @param authorization the request's header of that name, or null */
    boolean passes(@Nullable String authorization) {
        List<Secret> inForce = tokens;
        if (inForce.isEmpty()) {
            return true;
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] shown = digest(authorization.substring(SCHEME.length()).strip());
        boolean passes = false;
        for (Secret token : inForce) {
            passes |= MessageDigest.isEqual(shown, digest(token.value()));
        }
        return passes;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
