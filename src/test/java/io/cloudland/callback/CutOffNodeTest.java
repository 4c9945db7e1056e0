package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.store.postgresql.StorePostgres;
import io.cloudland.callback.store.postgresql.TcpProxy;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A node that is cut off from the database while an attempt of its own is under way, and another that takes over. */
@EnabledIf(StorePostgres.CLIENT_FITS_VERTX)
class CutOffNodeTest {

    private static final int LEASE_SECONDS = 3;

    @TempDir
    private Path directory;

    private final Vertx firstHost = Vertx.vertx();
    private final Vertx secondHost = Vertx.vertx();
    private final List<String> sequences = new CopyOnWriteArrayList<>();
    private final List<HttpServerRequest> held = new CopyOnWriteArrayList<>();
    private StorePostgres postgres;
    private TcpProxy network;
    private HttpServer endpoint;

    @BeforeEach
    void start() throws Exception {
        postgres = new StorePostgres(directory.resolve("postgres"));
        network = new TcpProxy(secondHost, postgres.port());
        endpoint = secondHost
                .createHttpServer()
                .requestHandler(this::take)
                .listen(0, "127.0.0.1")
                .await(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        network.speak();
        firstHost.close().await(30, TimeUnit.SECONDS);
        network.close();
        secondHost.close().await(30, TimeUnit.SECONDS);
        postgres.close();
    }

    /** Leaves the second event unanswered when it comes first. */
    private void take(HttpServerRequest request) {
        String sequence = request.getHeader("CloudLand-Sequence");
        boolean answers = !sequence.equals("2") || !held.isEmpty();
        sequences.add(sequence);
        if (answers) {
            request.response().end();
        } else {
            held.add(request);
        }
    }

    private void deploy(Vertx host, String node, int databasePort) throws Exception {
        JsonObject store = new JsonObject()
                .put("type", "postgresql")
                .put("uri", "postgresql://postgres@127.0.0.1:" + databasePort + "/postgres")
                .put("node", node)
                .put("lease", LEASE_SECONDS)
                .put("poll_interval", 1);
        CallbackOptions options = new CallbackOptions()
                .setUrl("http://127.0.0.1:" + endpoint.actualPort() + "/")
                .set("timeout", 120)
                .set("shutdown_timeout", 1)
                .set("store", store);
        host.deployVerticle(new CallbackVerticle(), options.toDeploymentOptions())
                .await(60, TimeUnit.SECONDS);
    }

    private static void send(Vertx host, String status) throws Exception {
        JsonObject command = new JsonObject()
                .put("command", "action_vm '7' '" + status + "'")
                .put("resource", new JsonObject().put("resource_uuid", "uuid-7"));
        host.eventBus().<JsonObject>request("callback.commands", command).await(30, TimeUnit.SECONDS);
    }

    private void awaitSequences(String... expected) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(sequences).containsExactly(expected));
    }

    @Test
    void what_it_would_send_anew_when_the_endpoint_closes_the_connection_is_not_sent_behind_what_came_since()
            throws Exception {
        deploy(firstHost, "one", network.port());
        send(firstHost, "running");
        awaitSequences("1");
        send(firstHost, "paused");
        awaitSequences("1", "2");
        network.fallSilent();
        deploy(secondHost, "two", postgres.port());
        awaitSequences("1", "2", "2");
        send(secondHost, "stopped");
        awaitSequences("1", "2", "2", "3");

        held.get(0).connection().close();

        await().during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(sequences).containsExactly("1", "2", "2", "3"));
        network.speak();
        send(secondHost, "running");
        awaitSequences("1", "2", "2", "3", "4");
    }
}
