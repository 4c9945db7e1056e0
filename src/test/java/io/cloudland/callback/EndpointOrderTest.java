package io.cloudland.callback;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.receiver.Arrival;
import io.cloudland.callback.receiver.ArrivalListener;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with an endpoint that asks for no order. */
class EndpointOrderTest {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<Long> arrived = new CopyOnWriteArrayList<>();
    private final List<Long> taken = new CopyOnWriteArrayList<>();
    private Receiver receiver;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = Receiver.start(vertx, ReceiverOptions.onFreePort(), new Noting())
                .await(10, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(30, SECONDS);
    }

    private final class Noting implements ArrivalListener {
        @Override
        public void arrived(Arrival arrival, byte[] body) {
            arrived.add(arrival.sequence());
        }

        @Override
        public void taken(Arrival arrival) {
            taken.add(arrival.sequence());
        }
    }

    private String deploy(CallbackVerticle service) throws Exception {
        CallbackOptions options = new CallbackOptions()
                .set("shutdown_timeout", 1)
                .set("retry_max", 100)
                .set("retry_interval", 1)
                .set(
                        "store",
                        new JsonObject()
                                .put("type", "rocksdb")
                                .put("path", directory.resolve("store").toString()))
                .addEndpoint(new JsonObject()
                        .put("name", "sorting")
                        .put("url", receiver.url())
                        .put("order", "none"));
        return vertx.deployVerticle(service, options.toDeploymentOptions()).await(30, SECONDS);
    }

    private static void submit(CallbackVerticle service, int events) throws Exception {
        for (int i = 0; i < events; i++) {
            JsonObject command = new JsonObject()
                    .put("command", "action_vm.sh '7' 'status-" + i + "'")
                    .put("resource", new JsonObject().put("resource_uuid", "uuid-7"));
            service.service().submit(command).await(30, SECONDS);
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }

    @Test
    void two_events_of_one_resource_are_on_the_wire_at_once_and_a_restart_amid_them_loses_neither() throws Exception {
        receiver.setFaults("hang");
        CallbackVerticle first = new CallbackVerticle();
        String deployment = deploy(first);
        submit(first, 2);
        soon().until(() -> arrived.size() == 2);
        assertThat(taken).isEmpty();
        assertThat(arrived).containsExactlyInAnyOrder(1L, 2L);

        vertx.undeploy(deployment).await(30, SECONDS);
        receiver.setFaults("");
        CallbackVerticle second = new CallbackVerticle();
        deploy(second);

        soon().until(() -> taken.size() == 2);
        soon().until(() -> second.service().stats().store().pending() == 0);
        assertThat(receiver.report().unique()).isEqualTo(2);
        assertThat(receiver.report().missing()).isZero();
        assertThat(second.service().stats().store().dead()).isZero();
    }

    @Test
    void the_retries_of_one_event_hold_back_no_other_of_its_resource() throws Exception {
        receiver.setFaults("status=503@first:1");
        CallbackVerticle service = new CallbackVerticle();
        deploy(service);
        submit(service, 1);
        soon().until(() -> receiver.report().rejected() == 1);

        submit(service, 5);

        soon().until(() -> taken.size() == 6);
        assertThat(taken.get(5)).as("the one that was refused at first").isEqualTo(1);
        assertThat(receiver.report().missing()).isZero();
    }
}
