package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;

/** How to connect to the store's PostgreSQL. */
final class StoreDatabase {

    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final PostgresSettings settings;
    private final PgConnectOptions connect;
    private final Duration longestSilence;

    StoreDatabase(Vertx vertx, PostgresSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.connect = connectOptions(settings);
        // Twice the poll's interval too: the writer's connection, which is asked then, must not count as silent before.
        Duration least = max(SHORTEST_SILENCE, settings.pollInterval().multipliedBy(2));
        this.longestSilence = max(settings.timeout().multipliedBy(2), least);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static PgConnectOptions connectOptions(PostgresSettings settings) {
        PgConnectOptions options = parse(settings.uri());
        settings.password().ifPresent(secret -> options.setPassword(secret.value()));
        options.setCachePreparedStatements(true);
        options.setPreparedStatementCacheSqlFilter(
                sql -> true); // There are few, and the long ones cost the most to plan.
        options.addProperty("application_name", "cloudland-callback-store");
        options.addProperty("search_path", settings.schema());
        options.addProperty(
                "statement_timeout", Long.toString(settings.timeout().toMillis()));
        // Whoever froze or was cut off amid a transaction holds slots locked, and no close of its connection may ever
        // come.
        options.addProperty(
                "idle_in_transaction_session_timeout",
                Long.toString(longestPause(settings).toMillis()));
        options.addProperty("tcp_keepalives_idle", "30");
        options.addProperty("tcp_keepalives_interval", "10");
        options.addProperty("tcp_keepalives_count", "3");
        // Plans are made once and kept, often while the tables are still empty: they must suit full ones.
        options.addProperty("enable_seqscan", "off");
        options.addProperty("jit", "off");
        if (options.getSslMode() != SslMode.DISABLE) {
            options.setSslOptions(tls(options.getSslMode()));
        }
        return options;
    }

    private static Duration longestPause(PostgresSettings settings) {
        return settings.lease().dividedBy(2);
    }

    private static PgConnectOptions parse(String uri) {
        try {
            return PgConnectOptions.fromUri(uri);
        } catch (RuntimeException unreadable) {
            // Its text holds the uri, and that may hold a password: neither text nor cause may go on.
            throw new CallbackException(
                    ErrorCode.CONFIG_INVALID,
                    "[callback.store] uri cannot be read; it must look like postgresql://user@host:port/database");
        }
    }

    /** As PostgreSQL's own client has it: only the verify modes look at the certificate, with the JVM's trust store. */
    private static ClientSSLOptions tls(SslMode mode) {
        ClientSSLOptions options = new ClientSSLOptions();
        return switch (mode) {
            case VERIFY_FULL -> options.setTrustOptions(jvmTrust()).setHostnameVerificationAlgorithm("HTTPS");
            case VERIFY_CA -> options.setTrustOptions(jvmTrust()).setHostnameVerificationAlgorithm("");
            default -> options.setTrustAll(true).setHostnameVerificationAlgorithm("");
        };
    }

    private static TrustOptions jvmTrust() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return TrustOptions.wrap(factory);
        } catch (GeneralSecurityException failure) {
            throw new CallbackException(
                    ErrorCode.CONFIG_INVALID, "[callback.store] the JVM's trust store cannot be read: " + failure);
        }
    }

    /** Connections that read; they connect when they are needed and go when they rest. */
    Pool openPool() {
        return open(new PoolOptions()
                .setMaxSize(settings.poolSize())
                .setIdleTimeout(Math.toIntExact(longestSilence.dividedBy(2).toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
    }

    /** One connection that stays, for a {@link Link}. */
    Pool openSingle() {
        return open(new PoolOptions().setMaxSize(1));
    }

    private Pool open(PoolOptions options) {
        return PgBuilder.pool()
                .using(vertx)
                .with(transport())
                .with(options.setConnectionTimeout(timeoutMillis()).setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .connectingTo(connect)
                .build();
    }

    /** A server that accepted a connection and fell silent would hold its place for ever: the read limit ends it. */
    private NetClientOptions transport() {
        return new NetClientOptions()
                .setConnectTimeout(timeoutMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout(Math.toIntExact(longestSilence.toMillis()));
    }

    private int timeoutMillis() {
        return Math.toIntExact(settings.timeout().toMillis());
    }

    /** How long one commit or read may take. */
    Duration timeout() {
        return settings.timeout();
    }

    /** After so long without an answer the server counts as gone: it ends a statement by itself before. */
    Duration answerLimit() {
        return settings.timeout().multipliedBy(2);
    }

    /** For messages: where it is, without user or password. */
    @Override
    public String toString() {
        return "PostgreSQL " + connect.getHost() + ":" + connect.getPort() + "/" + connect.getDatabase() + " schema "
                + settings.schema();
    }
}
