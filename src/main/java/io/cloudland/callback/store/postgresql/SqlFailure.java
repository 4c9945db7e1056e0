package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.vertx.pgclient.PgException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a failed transaction means for what it was to keep. Pure. */
enum SqlFailure {
    /** Another transaction was in the way: the same again succeeds. */
    IN_THE_WAY,
    /** A value that the database does not take: the same again fails again. */
    REFUSED,
    /** The database is away, full, or not what it should be: tried again until it is. What was committed is not known. */
    AWAY;

    static SqlFailure of(Throwable failure) {
        String state = stateOf(failure).orElse("");
        if (state.startsWith("40") || state.equals("23505") || state.equals("55P03")) {
            return IN_THE_WAY;
        }
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54") ? REFUSED : AWAY;
    }

    /** Whether what was asked for is not there, or not for us: that does not pass by itself. */
    static boolean isMisfit(Throwable failure) {
        return stateOf(failure).filter(state -> state.startsWith("42")).isPresent();
    }

    /**
     * Whether a database that cannot be opened may be opened later, by itself: it is down, starting, a standby, or out of reach.
     * What its operator has to mend does not pass, such as a password.
     */
    static boolean passes(Throwable failure) {
        if (failure instanceof PgException) {
            return stateOf(failure).filter(SqlFailure::isPassing).isPresent();
        }
        return !(failure instanceof LinkageError || failure instanceof CallbackException || isOfTls(failure));
    }

    private static boolean isPassing(String state) {
        return state.equals("25006")
                || Stream.of("08", "40", "53", "55", "57", "58").anyMatch(state::startsWith);
    }

    private static boolean isOfTls(@Nullable Throwable failure) {
        return failure != null
                && (failure instanceof SSLException
                        || failure instanceof GeneralSecurityException
                        || String.valueOf(failure.getMessage())
                                .contains("SSL") // The client's own say it in words alone.
                        || isOfTls(failure.getCause()));
    }

    private static Optional<String> stateOf(Throwable failure) {
        return failure instanceof PgException refused ? Optional.ofNullable(refused.getSqlState()) : Optional.empty();
    }

    /** The server's own words, or what happened to the connection. Never a value: those may be secret. */
    static String reason(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "no answer within the time";
        }
        if (failure instanceof LinkageError) {
            return "the PostgreSQL client does not fit this Vert.x, put the vertx-pg-client of Vert.x's own version on the"
                    + " class path (" + failure + ")";
        }
        return failure instanceof PgException refused
                ? refused.getErrorMessage() + " (SQLSTATE " + refused.getSqlState() + ")"
                : withoutFullStop(String.valueOf(failure.getMessage()));
    }

    /** It stands amid our own sentences. */
    private static String withoutFullStop(String reason) {
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }
}
