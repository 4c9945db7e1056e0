package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.Retention;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.KeptCommandsContract;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(StorePostgres.CLIENT_FITS_VERTX)
class PostgresEventStoreTest extends KeptCommandsContract {

    @TempDir
    static Path data;

    private static StorePostgres database;
    private static Vertx vertx;

    private final String schema = StorePostgres.newSchema();

    @BeforeAll
    static void startDatabase() throws Exception {
        database = new StorePostgres(data);
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        await(vertx.close());
        database.close();
    }

    @Override
    protected EventStore create(Retention retention, Duration dedupWindow) {
        return new PostgresEventStore(vertx, database.settings(schema, CAPACITY, retention, dedupWindow), time);
    }

    @Override
    protected EventStore recreate() {
        return create();
    }
}
