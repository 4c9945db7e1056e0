package io.cloudland.callback.lookup;

import io.cloudland.callback.config.LookupConfig;
import io.cloudland.callback.model.Secret;
import io.vertx.core.Handler;
import io.vertx.core.internal.net.NetSocketInternal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** A real PostgreSQL with CloudLand's schema and its few rows, which a test may stop and start again. */
final class TestPostgres implements AutoCloseable {

    static final String USER_WITH_PASSWORD = "reader";
    static final String PASSWORD = "s3cr3t-of-the-reader";

    /** For conditions on tests: see {@link #clientFitsVertx()}. */
    static final String CLIENT_FITS_VERTX = "io.cloudland.callback.lookup.TestPostgres#clientFitsVertx";

    private final Path data;
    private EmbeddedPostgres server;
    private int port;

    TestPostgres(Path data) throws Exception {
        this.data = data;
        start();
        execute(resource("/cloudland/schema.sql"));
        execute("create role " + USER_WITH_PASSWORD + " login password '" + PASSWORD + "'");
        execute("grant select on all tables in schema public to " + USER_WITH_PASSWORD);
    }

    /**
     * Whether the PostgreSQL client on the class path runs on this Vert.x. The newest set has a client older than its core,
     * and the core has changed a method the client calls.
     */
    static boolean clientFitsVertx() {
        try {
            MethodHandles.lookup()
                    .findVirtual(
                            NetSocketInternal.class,
                            "messageHandler",
                            MethodType.methodType(NetSocketInternal.class, Handler.class));
            return true;
        } catch (ReflectiveOperationException changed) {
            return false;
        }
    }

    /** Starts it, on the same port and data as before where it ran before. */
    void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setDataDirectoryCustomizer(TestPostgres::askTheReaderForItsPassword)
                .setPort(port)
                .start();
        port = server.getPort();
    }

    private static void askTheReaderForItsPassword(java.io.File dataDirectory) {
        Path rules = dataDirectory.toPath().resolve("pg_hba.conf");
        try {
            String rule = "host all " + USER_WITH_PASSWORD + " 127.0.0.1/32 scram-sha-256\n";
            Files.writeString(rules, rule + Files.readString(rules));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void stop() throws IOException {
        server.close();
    }

    int port() {
        return port;
    }

    LookupConfig.PostgreSql config() {
        return config("postgres", Optional.empty(), "postgres", Duration.ofSeconds(10));
    }

    LookupConfig.PostgreSql config(String user, Optional<Secret> password, String database, Duration timeout) {
        String uri = "postgresql://" + user + "@127.0.0.1:" + port + "/" + database;
        return new LookupConfig.PostgreSql(uri, password, 2, timeout, Duration.ofMillis(50));
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long count(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String resource(String name) throws IOException {
        try (var stream = TestPostgres.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
