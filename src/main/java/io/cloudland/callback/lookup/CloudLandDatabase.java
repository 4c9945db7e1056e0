package io.cloudland.callback.lookup;

import io.cloudland.callback.config.LookupConfig;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Secret;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;

/** How to connect to CloudLand's own PostgreSQL. */
final class CloudLandDatabase {

    /** Under this a connection that only rests would be closed too often. */
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(10);

    private final PgConnectOptions connect;
    private final int poolSize;
    private final Duration timeout;
    private final Duration longestSilence;

    CloudLandDatabase(LookupConfig.PostgreSql config) {
        this(config, longest(config.timeout().multipliedBy(2), SHORTEST_SILENCE));
    }

    CloudLandDatabase(LookupConfig.PostgreSql config, Duration longestSilence) {
        this.connect = connectOptions(config.uri(), config.password());
        this.poolSize = config.poolSize();
        this.timeout = config.timeout();
        this.longestSilence = longestSilence;
    }

    private static PgConnectOptions connectOptions(String uri, Optional<Secret> password) {
        PgConnectOptions options = parse(uri);
        password.ifPresent(secret -> options.setPassword(secret.value()));
        options.setCachePreparedStatements(true);
        options.addProperty("application_name", "cloudland-callback");
        if (options.getSslMode() != SslMode.DISABLE) {
            options.setSslOptions(tls(options.getSslMode()));
        }
        return options;
    }

    private static PgConnectOptions parse(String uri) {
        try {
            return PgConnectOptions.fromUri(uri);
        } catch (RuntimeException unreadable) {
            // Its text holds the uri, and that may hold a password: neither text nor cause may go on.
            throw new CallbackException(
                    ErrorCode.CONFIG_INVALID,
                    "[callback.lookup] uri cannot be read; it must look like postgresql://user@host:port/database");
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
                    ErrorCode.CONFIG_INVALID, "[callback.lookup] the JVM's trust store cannot be read: " + failure);
        }
    }

    /** A pool that connects at the first query. */
    Pool open(Vertx vertx) {
        return PgBuilder.pool()
                .using(vertx)
                .with(transport())
                .with(poolOptions())
                .connectingTo(connect)
                .build();
    }

    /**
     * A server that accepted a connection and fell silent, at the login or in a query, would hold its place in the pool
     * for ever: the read limit ends it.
     */
    private NetClientOptions transport() {
        return new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout(Math.toIntExact(longestSilence.toMillis()));
    }

    /** The pool lets resting connections go well before the read limit would cut them. */
    private PoolOptions poolOptions() {
        return new PoolOptions()
                .setMaxSize(poolSize)
                .setConnectionTimeout(Math.toIntExact(timeout.toMillis()))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(longestSilence.dividedBy(2).toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** How long a whole find may take. */
    Duration timeout() {
        return timeout;
    }

    /** For messages: where it is, without user or password. */
    @Override
    public String toString() {
        return "CloudLand's database " + connect.getHost() + ":" + connect.getPort() + "/" + connect.getDatabase();
    }
}
