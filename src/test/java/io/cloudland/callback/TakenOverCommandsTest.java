package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.cloudland.callback.store.postgresql.StorePostgres;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on one PostgreSQL, of which one goes away with commands that still wait for their lookup. */
@EnabledIf(StorePostgres.CLIENT_FITS_VERTX)
class TakenOverCommandsTest {

    private static final String ROWS = "cloud.rows";
    private static final int LEASE_SECONDS = 3;

    @TempDir
    private Path directory;

    private final Vertx firstHost = Vertx.vertx();
    private final Vertx secondHost = Vertx.vertx();
    private StorePostgres postgres;
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        postgres = new StorePostgres(directory.resolve("postgres"));
        receiver = Receiver.start(secondHost, ReceiverOptions.onFreePort()).await(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        firstHost.close().await(30, TimeUnit.SECONDS);
        secondHost.close().await(30, TimeUnit.SECONDS);
        postgres.close();
    }

    private void deploy(Vertx host, String node) throws Exception {
        JsonObject store = new JsonObject()
                .put("type", "postgresql")
                .put("uri", "postgresql://postgres@127.0.0.1:" + postgres.port() + "/postgres")
                .put("node", node)
                .put("lease", LEASE_SECONDS)
                .put("poll_interval", 1);
        CallbackOptions options = new CallbackOptions()
                .setUrl(receiver.url())
                .setLookupAddress(ROWS)
                .set("shutdown_timeout", 1)
                .set("store", store);
        host.deployVerticle(new CallbackVerticle(), options.toDeploymentOptions())
                .await(60, TimeUnit.SECONDS);
    }

    private static String kept(Vertx host) throws Exception {
        JsonObject reply = host.eventBus()
                .<JsonObject>request(
                        "callback.commands", new JsonObject().put("command", "launch_vm.sh '127' 'running' '3' 'init'"))
                .await(30, TimeUnit.SECONDS)
                .body();
        assertThat(reply.getBoolean("kept")).isTrue();
        return reply.getJsonArray("event_ids").getString(0);
    }

    private static void answersLookups(Vertx host) {
        host.eventBus()
                .<JsonObject>consumer(
                        ROWS,
                        question -> question.reply(new JsonObject()
                                .put("resource_uuid", "uuid-" + question.body().getLong("resource_id"))
                                .put("status", "row")));
    }

    private void awaitTaken(String eventId) {
        await().atMost(Duration.ofSeconds(60)).until(() -> receiver.hasTaken(eventId));
        assertThat(receiver.report().unique()).isEqualTo(1);
        assertThat(receiver.report().duplicate()).isZero();
    }

    @Test
    void another_node_makes_the_events_of_what_a_node_had_kept_that_is_gone() throws Exception {
        deploy(firstHost, "one");
        deploy(secondHost, "two");
        String eventId = kept(firstHost);

        answersLookups(secondHost);
        firstHost.close().await(30, TimeUnit.SECONDS);

        awaitTaken(eventId);
    }

    @Test
    void a_node_that_starts_under_another_name_takes_up_what_it_had_kept_under_the_old_one() throws Exception {
        deploy(firstHost, "pod-1");
        String eventId = kept(firstHost);
        firstHost.close().await(30, TimeUnit.SECONDS);

        answersLookups(secondHost);
        deploy(secondHost, "pod-2");

        awaitTaken(eventId);
    }
}
