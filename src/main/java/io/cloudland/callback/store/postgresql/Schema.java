package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables, made and brought up to date by plain SQL files, {@code 1.sql} and so on, each applied once. All that is missing is
 * applied in one transaction under an advisory lock: of several nodes that start at once one does it, the others wait and find
 * it done.
 */
final class Schema {

    /** The newest file of this build. */
    private static final int NEWEST = 1;

    private static final Logger log = LoggerFactory.getLogger("store");
    /** Any number, the same in every build; the schema's name is the lock's second half. */
    private static final int LOCK = 0x434C4342;

    private final String name;
    private final List<String> scripts;

    Schema(String name) {
        this(name, shipped());
    }

    /** @param scripts that of version 1 first */
    Schema(String name, List<String> scripts) {
        this.name = name;
        this.scripts = List.copyOf(scripts);
    }

    /** The files of this build, in order. */
    static List<String> shipped() {
        return IntStream.rangeClosed(1, NEWEST).mapToObj(Schema::read).toList();
    }

    /** Makes it what this build needs; on failure nothing has changed. */
    Future<Void> migrate(SqlConnection connection) {
        return connection
                .query("begin; set local statement_timeout = 0") // The lock may be held for as long as a migration
                // takes.
                .execute()
                .compose(begun -> connection
                        .preparedQuery("select pg_advisory_xact_lock($1, hashtext($2))")
                        .execute(Tuple.of(LOCK, name)))
                .compose(locked -> connection.query(frame()).execute())
                .compose(made -> connection
                        .query("select coalesce(max(version), 0) from schema_version")
                        .execute())
                .compose(rows -> apply(connection, rows.iterator().next().getInteger(0)))
                .compose(
                        applied -> connection.query("commit").execute(),
                        failure -> connection
                                .query("rollback")
                                .execute()
                                .transform(rolledBack -> Future.failedFuture(failure)))
                .mapEmpty();
    }

    /** Asks before it makes: "if not exists" wants the right to make a schema even where it is there, and sends notices. */
    private String frame() {
        return "do $$ begin if not exists (select from pg_namespace where nspname = '" + name
                + "') then create schema \""
                + name + "\"; end if; if to_regclass('\"" + name + "\".schema_version') is null then create table"
                + " schema_version (version integer primary key, applied_at timestamptz not null default now());"
                + " end if; end $$";
    }

    private Future<Void> apply(SqlConnection connection, int found) {
        if (found > scripts.size()) {
            return Future.failedFuture(new CallbackException(
                    ErrorCode.CONFIG_INVALID,
                    "the store's schema " + name + " is of version " + found + ", this build knows " + scripts.size()
                            + "; start a newer build, or set callback.store.schema to another name"));
        }
        Future<Void> applied = Future.succeededFuture();
        for (int version = found + 1; version <= scripts.size(); version++) {
            int next = version;
            applied = applied.compose(before -> applyScript(connection, next));
        }
        return applied;
    }

    private Future<Void> applyScript(SqlConnection connection, int version) {
        log.info("The store's schema {} is brought to version {}", name, version);
        return connection
                .query(scripts.get(version - 1))
                .execute()
                .compose(done -> connection
                        .preparedQuery("insert into schema_version (version) values ($1)")
                        .execute(Tuple.of(version)))
                .mapEmpty();
    }

    private static String read(int version) {
        try (InputStream file = Schema.class.getResourceAsStream(version + ".sql")) {
            if (file == null) {
                throw new IllegalStateException("the file " + version + ".sql is missing in this build");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
