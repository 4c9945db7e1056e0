package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.Retention;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL for stores, each in a schema of its own, which a test may stop and start again. */
public final class StorePostgres implements AutoCloseable {

    /** For conditions on tests: see {@code TestPostgres}. */
    public static final String CLIENT_FITS_VERTX = "io.cloudland.callback.lookup.TestPostgres#clientFitsVertx";

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static final Duration LEASE = Duration.ofSeconds(60);

    private final Path data;
    private EmbeddedPostgres server;
    private int port;

    public StorePostgres(Path data) throws IOException {
        this.data = data;
        start();
    }

    /** Starts it, on the same port and data as before where it ran before. */
    public void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
        port = server.getPort();
    }

    public void stop() throws IOException {
        server.close();
    }

    public int port() {
        return port;
    }

    static String newSchema() {
        return "store_" + SCHEMAS.incrementAndGet();
    }

    PostgresSettings settings(String schema, int queueSize, Retention retention, Duration dedupWindow) {
        return settings(port, schema, "node", LEASE, queueSize, retention, dedupWindow);
    }

    static PostgresSettings settings(
            int port,
            String schema,
            String node,
            Duration lease,
            int queueSize,
            Retention retention,
            Duration dedupWindow) {
        return new PostgresSettings(
                "postgresql://postgres@127.0.0.1:" + port + "/postgres",
                Optional.empty(),
                schema,
                node,
                2,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ZERO,
                lease,
                queueSize,
                retention,
                dedupWindow);
    }

    PostgresSettings settings(String schema, String node) {
        return settings(schema, node, LEASE);
    }

    PostgresSettings settings(String schema, String node, Duration lease) {
        return settings(port, schema, node, lease, 10_000, Retention.ofDeadLetters(1_000), Duration.ofDays(1));
    }

    Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
