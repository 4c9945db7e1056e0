package io.cloudland.callback.http;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Names in a few stable words why an exchange broke, so that equal failures can be counted as equal.
 *
 * <p>A reason never holds what the endpoint sent: most messages of the exceptions here would.
 */
final class FailureReason {

    private static final int MAX_DETAIL_CHARS = 120;
    private static final String IN_THE_MIDDLE = "closed by the endpoint in the middle of its answer";

    /** How far an exchange had come when it broke. */
    enum Stage {
        CONNECTING,
        SENT,
        ANSWERING
    }

    private FailureReason() {}

    /** Whether it is a deadline that passed, under another name. */
    static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof ConnectTimeoutException
                || deepest(failure) instanceof SslHandshakeTimeoutException;
    }

    /** Whether the connection was closed or reset, without a word on why. */
    static boolean isClosed(Throwable failure) {
        boolean tls = failure instanceof SSLException || deepest(failure) instanceof SSLException;
        return failure instanceof HttpClosedException
                || failure instanceof ClosedChannelException
                || (!tls && (says(failure, "reset") || says(failure, "broken pipe")));
    }

    /**
     * The reason.
     *
     * @param host the endpoint's, as written in its URL
     * @param stage answering once the head of the answer had come in
     */
    static String of(Throwable failure, String host, Stage stage) {
        String reason = ofProxy(failure);
        if (reason == null) {
            reason = ofTls(failure);
        }
        if (reason == null) {
            reason = ofConnection(failure, host, stage == Stage.ANSWERING);
        }
        if (reason == null && stage == Stage.CONNECTING) {
            reason = ofOwnSide(failure);
        }
        if (reason == null) {
            reason = ofAnswer(failure);
        }
        return reason == null ? "broken exchange: " + failure.getClass().getSimpleName() : reason;
    }

    /** What the proxy handler says ends in what the proxy answered; who we are to the proxy is not in it. */
    private static @Nullable String ofProxy(Throwable failure) {
        if (!(failure instanceof ProxyConnectException)) {
            return null;
        }
        String text = String.valueOf(failure.getMessage());
        String said = text.substring(text.lastIndexOf(", ") + 1).strip();
        String ours = "status: 502 " + ProxyRelay.MARK;
        return "proxy: " + shortened(said.startsWith(ours) ? said.substring(ours.length()) : said);
    }

    private static @Nullable String ofTls(Throwable failure) {
        Throwable cause = deepest(failure);
        if (cause instanceof NotSslRecordException) {
            return "TLS: the endpoint does not speak TLS";
        }
        if (!(failure instanceof SSLException) && !(cause instanceof SSLException)) {
            return null;
        }
        return cause instanceof ClosedChannelException
                ? "TLS: closed by the endpoint in the handshake"
                : "TLS: " + shortened(String.valueOf(cause.getMessage()));
    }

    private static @Nullable String ofConnection(Throwable failure, String host, boolean answering) {
        if (failure instanceof UnknownHostException) {
            return "host not found: " + host;
        } else if (failure instanceof NoRouteToHostException) {
            return "no route to host";
        } else if (failure instanceof ConnectException) {
            return says(failure, "refused") ? "connection refused" : "connect failed";
        } else if (failure instanceof ConnectionPoolTooBusyException) {
            return "too many attempts wait for a connection";
        } else if (failure instanceof PrematureChannelClosureException) {
            return IN_THE_MIDDLE; // Of the head of the answer.
        } else if (failure instanceof HttpClosedException || failure instanceof ClosedChannelException) {
            return answering ? IN_THE_MIDDLE : "closed by the endpoint before it answered";
        }
        return says(failure, "reset") || says(failure, "broken pipe") ? "connection reset" : null;
    }

    /** Before there is a connection nobody else can have caused these: most often it is a key that cannot be used. */
    private static @Nullable String ofOwnSide(Throwable failure) {
        boolean ours = failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof VertxException;
        return ours ? "could not connect: " + shortened(String.valueOf(failure.getMessage())) : null;
    }

    private static @Nullable String ofAnswer(Throwable failure) {
        if (failure instanceof TooLongHttpHeaderException) {
            return "malformed answer: headers too long";
        } else if (failure instanceof TooLongHttpLineException) {
            return "malformed answer: status line too long";
        } else if (failure instanceof NumberFormatException) {
            return "malformed answer: bad length";
        } else if (failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof DecoderException) {
            return "malformed answer: not HTTP/1.1";
        }
        return null;
    }

    private static boolean says(Throwable failure, String word) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains(word);
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        // Bounded: a cause can lead round in a circle.
        for (int depth = 0; depth < 16 && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= MAX_DETAIL_CHARS ? line : line.substring(0, MAX_DETAIL_CHARS);
    }
}
