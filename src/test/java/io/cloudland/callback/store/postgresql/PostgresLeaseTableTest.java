package io.cloudland.callback.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.cluster.LeaseTable;
import io.cloudland.callback.cluster.LeaseTableContract;
import io.cloudland.callback.cluster.NodeId;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The contract against a real PostgreSQL; its time passes by moving the rows back. */
@EnabledIf(StorePostgres.CLIENT_FITS_VERTX)
class PostgresLeaseTableTest extends LeaseTableContract {

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final NodeId NODE = new NodeId("node", "1");

    @TempDir
    private static Path data;

    private static StorePostgres postgres;
    private static Vertx vertx;

    private String schema;
    private PostgresLeaseTable table;

    @BeforeAll
    static void start() throws IOException {
        postgres = new StorePostgres(data);
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws IOException {
        vertx.close().await();
        postgres.close();
    }

    @BeforeEach
    void open() throws Exception {
        schema = StorePostgres.newSchema();
        PostgresSettings settings = postgres.settings(schema, "node");
        PostgresEventStore store = new PostgresEventStore(vertx, settings, TimeSource.system());
        done(store.open());
        done(store.close());
        table = new PostgresLeaseTable(vertx, settings, LIMIT);
    }

    @AfterEach
    void close() throws Exception {
        done(table.close());
    }

    @Override
    protected LeaseTable table() {
        return table;
    }

    @Override
    protected void pass(Duration duration) throws SQLException {
        postgres.execute("update " + schema + ".cluster_node set alive_until = alive_until - interval '"
                + duration.toMillis() + " milliseconds'");
    }

    @Test
    void a_question_that_is_not_answered_in_time_fails_and_does_not_hold_up_the_next_one() throws Exception {
        done(table.join(NODE, LEASE));
        try (Connection other = postgres.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table " + schema + ".cluster_node");
            assertThatThrownBy(() -> done(table.beat(NODE, LEASE)))
                    .isInstanceOf(CallbackException.class)
                    .hasMessageContaining(schema);
        }

        assertThat(done(table.beat(NODE, LEASE)).nodes()).containsExactly(NODE);
    }

    @Test
    void who_falls_silent_with_slots_locked_holds_nobody_up_for_longer_than_a_lease() throws Exception {
        done(table.join(NODE, LEASE));
        BitSet slots = new BitSet();
        slots.set(0, 256);
        SqlConnection silent = done(new StoreDatabase(vertx, postgres.settings(schema, "silent", SHORT))
                .openSingle()
                .getConnection());
        done(silent.query("begin").execute());
        done(silent.query("select from slot_lease for share").execute());

        await().atMost(SHORT.multipliedBy(4))
                .ignoreExceptionsInstanceOf(CallbackException.class)
                .until(() -> done(table.claim(NODE, slots)).size() == 256);
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }
}
