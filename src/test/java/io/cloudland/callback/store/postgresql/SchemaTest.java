package io.cloudland.callback.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** How the tables are brought from one version to the next, with versions that no build has yet. */
@EnabledIf(StorePostgres.CLIENT_FITS_VERTX)
class SchemaTest {

    /** Cannot be applied twice; slow, so that another node comes while it is under way. */
    private static final String SECOND = "alter table delivery add column later text not null default 'x';"
            + " insert into meta (key, value) values ('second', 'was here'); select pg_sleep(0.5)";

    private static final String THIRD = "alter table delivery rename column later to latest";
    private static final String BROKEN = "create table half_done (id integer); delete from delivery; select 1 / 0";

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
        Use.await(vertx.close());
        database.close();
    }

    /** As a node does that starts with the files of this build and these. */
    private Future<Void> start(String... further) {
        List<String> scripts = new ArrayList<>(Schema.shipped());
        scripts.addAll(List.of(further));
        Pool pool = new StoreDatabase(vertx, database.settings(schema, "node")).openSingle();
        return pool.withConnection(connection -> new Schema(schema, scripts).migrate(connection))
                .onComplete(done -> pool.close());
    }

    private PostgresEventStore store() {
        return new PostgresEventStore(vertx, database.settings(schema, "node"), new VirtualTimers());
    }

    /** What a node of this build has pending, which it leaves there. */
    private List<Delivery> filled() {
        PostgresEventStore store = store();
        Use.await(store.open());
        Use.appended(store, 1, "running");
        Use.appended(store, 1, "paused");
        List<Delivery> open = Use.open(store, 1);
        Use.await(store.close());
        return open;
    }

    private String versions() throws SQLException {
        long newest = database.number("select max(version) from " + schema + ".schema_version");
        return newest + " of " + database.number("select count(*) from " + schema + ".schema_version");
    }

    private long count(String table) throws SQLException {
        return database.number("select count(*) from " + schema + "." + table);
    }

    @Test
    void of_two_nodes_that_start_at_once_one_brings_what_is_there_to_the_next_version_and_the_data_stays()
            throws Exception {
        filled();
        assertThat(versions()).isEqualTo("1 of 1");

        Use.await(Future.all(start(SECOND), start(SECOND)));

        assertThat(versions()).isEqualTo("2 of 2");
        assertThat(count("delivery where later = 'x' and event_id like 'evt_%'"))
                .isEqualTo(2);
        assertThat(count("meta where key = 'second'")).isEqualTo(1);
    }

    @Test
    void versions_that_were_left_out_are_made_up_for_in_order_and_none_is_applied_again() throws Exception {
        filled();

        Use.await(start(SECOND, THIRD));
        Use.await(start(SECOND, THIRD));

        assertThat(versions()).isEqualTo("3 of 3");
        assertThat(count("delivery where latest = 'x'")).isEqualTo(2);
    }

    @Test
    void a_schema_that_is_not_there_yet_gets_all_versions_at_once() throws Exception {
        Use.await(
                Future.all(Stream.generate(() -> start(SECOND, THIRD)).limit(4).toList()));

        assertThat(versions()).isEqualTo("3 of 3");
        assertThat(count("delivery where latest = 'x'")).isZero();
    }

    @Test
    void a_build_that_does_not_know_the_version_leaves_it_alone_and_says_which_it_knows() throws Exception {
        filled();
        Use.await(start(SECOND, THIRD));

        assertThatThrownBy(() -> Use.await(start(SECOND)))
                .hasMessageContainingAll(
                        ErrorCode.CONFIG_INVALID.name(), schema, "is of version 3, this build knows 2", "newer build");
        assertThatThrownBy(() -> Use.await(store().open()))
                .hasMessageContainingAll(ErrorCode.CONFIG_INVALID.name(), "is of version 3, this build knows 1");
        assertThat(versions()).isEqualTo("3 of 3");
        assertThat(count("delivery")).isEqualTo(2);
    }

    @Test
    void one_that_fails_changes_nothing_and_takes_back_those_before_it_and_the_build_before_goes_on() throws Exception {
        List<Delivery> pending = filled();

        assertThatThrownBy(() -> Use.await(start(SECOND, BROKEN))).hasMessageContaining("division by zero");

        assertThat(versions()).isEqualTo("1 of 1");
        assertThat(count("meta where key = 'second'")).isZero();
        assertThat(database.number("select count(*) from information_schema.tables where table_name = 'half_done'"))
                .isZero();
        PostgresEventStore before = store();
        Use.await(before.open());
        assertThat(Use.open(before, 1))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(pending);
        Use.await(before.delivered(pending.get(0), Use.TAKEN));
        assertThat(Use.open(before, 1)).hasSize(1);
        Use.await(before.close());
    }

    @Test
    void one_that_fails_on_a_schema_that_was_not_there_leaves_none_and_holds_nobody_up() throws Exception {
        assertThatThrownBy(() -> Use.await(start(BROKEN))).hasMessageContaining("division by zero");

        assertThat(database.number("select count(*) from pg_namespace where nspname = '" + schema + "'"))
                .isZero();
        Use.await(start(SECOND));
        assertThat(versions()).isEqualTo("2 of 2");
    }
}
