package io.cloudland.callback;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.cli.jvm.ServiceJvm;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A service in a JVM of its own is killed while commands are posted to it. */
@ExtendWith(VertxExtension.class)
class TapCrashTest {

    private static final int SENDERS = 4;
    private static final int ACCEPTED_BEFORE_THE_KILL = 300;

    @TempDir
    Path directory;

    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int port;

    @Test
    void every_command_that_was_answered_as_accepted_arrives_though_the_service_is_killed(Vertx vertx)
            throws Exception {
        int receiver = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    arrived.add(body.toJsonObject().getString("status"));
                    request.response().end();
                }))
                .listen(0, "127.0.0.1")
                .await(20, SECONDS)
                .actualPort();
        port = freePort();
        ServiceJvm.Setup setup = ServiceJvm.Setup.withoutLookup(config(receiver), directory);
        ServiceJvm service = ServiceJvm.start(vertx.getOrCreateContext(), setup);
        List<Thread> senders = new ArrayList<>();
        try {
            service.up().await(60, SECONDS);
            for (int i = 0; i < SENDERS; i++) {
                senders.add(new Thread(this::sendUntilItIsGone));
            }
            senders.forEach(Thread::start);
            await().atMost(Duration.ofSeconds(60)).until(() -> accepted.size() >= ACCEPTED_BEFORE_THE_KILL);
            service.kill();
        } finally {
            service.close();
        }
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(unanswered).as("killed amid the calls").isNotEmpty();
        try (ServiceJvm again = ServiceJvm.start(vertx.getOrCreateContext(), setup)) {
            again.up().await(60, SECONDS);
            for (String status : unanswered) {
                assertThat(post(status)).isEqualTo("accepted"); // With the id that it had: at most one event.
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> arrived.containsAll(accepted));
            await().atMost(Duration.ofSeconds(60)).until(() -> arrived.containsAll(unanswered));
            assertThat(arrived).hasSize(accepted.size() + unanswered.size());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private JsonObject config(int receiver) {
        JsonObject callback = new JsonObject()
                .put("url", "http://127.0.0.1:" + receiver + "/hook")
                .put(
                        "store",
                        new JsonObject().put("path", directory.resolve("store").toString()))
                .put("ingest", new JsonObject().put("http", new JsonObject().put("port", port)));
        return new JsonObject().put("callback", callback);
    }

    private void sendUntilItIsGone() {
        while (true) {
            String status = "running-" + numbers.incrementAndGet();
            try {
                assertThat(post(status)).isEqualTo("accepted");
                accepted.add(status);
            } catch (IOException gone) {
                unanswered.add(status);
                return;
            }
        }
    }

    private String post(String status) throws IOException {
        int number = Integer.parseInt(status.substring(status.indexOf('-') + 1));
        JsonObject command = new JsonObject()
                .put("id", "tap-" + number)
                .put("command", "action_vm '" + (1 + number % 50) + "' '" + status + "'")
                .put(
                        "resource",
                        new JsonObject()
                                .put("resource_uuid", new UUID(0, number % 50).toString())
                                .put("status", status));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/commands"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(command.encode()))
                .build();
        try {
            String answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return new JsonObject(answer).getString("status");
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }
}
