package io.cloudland.callback;

import static io.cloudland.callback.TestCluster.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds, and what does not, where each node of a cluster keeps its events in a store of its own. */
class ClusterStoresTest {

    /** What the endpoint got. */
    private record Got(String id, String epoch, long sequence) {}

    private final TestCluster cluster = new TestCluster();
    private final Vertx receiving = Vertx.vertx();
    private final Queue<Got> got = new ConcurrentLinkedQueue<>();
    private int port;

    @TempDir
    Path directory;

    @BeforeEach
    void startEndpoint() throws Exception {
        port = get(receiving
                        .createHttpServer()
                        .requestHandler(request -> {
                            got.add(new Got(
                                    request.getHeader("webhook-id"),
                                    request.getHeader("CloudLand-Epoch"),
                                    Long.parseLong(request.getHeader("CloudLand-Sequence"))));
                            request.response().end();
                        })
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
        get(receiving.close());
    }

    private Vertx service(String name) throws Exception {
        Vertx node = cluster.node();
        get(node.deployVerticle(
                new CallbackVerticle(),
                new CallbackOptions()
                        .setUrl("http://127.0.0.1:" + port + "/")
                        .setStorePath(directory.resolve(name))
                        .toDeploymentOptions()));
        return node;
    }

    /** Commands of one resource, one after the other. */
    private List<String> accepted(int commands) throws Exception {
        CommandSender sender = new CommandSender(cluster.node());
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < commands; i++) {
            JsonObject reply = get(sender.send(new JsonObject()
                    .put("command", "action_vm '7' 'status-" + i + "'")
                    .put("resource", new JsonObject().put("resource_uuid", "uuid-7"))));
            ids.add(reply.getJsonArray("event_ids").getString(0));
        }
        return ids;
    }

    @Test
    void nothing_accepted_is_lost_and_each_node_numbers_its_own_part_in_order() throws Exception {
        service("one");
        service("two");
        List<String> accepted = accepted(20);

        await().untilAsserted(() -> assertThat(got).extracting(Got::id).containsExactlyInAnyOrderElementsOf(accepted));
        Map<String, List<Long>> sequences = got.stream()
                .collect(Collectors.groupingBy(Got::epoch, Collectors.mapping(Got::sequence, Collectors.toList())));
        assertThat(sequences).hasSize(2);
        assertThat(sequences.values())
                .allSatisfy(own -> assertThat(own).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L));
    }

    @Test
    void a_repeat_that_comes_to_another_node_makes_an_event_of_its_own() throws Exception {
        service("one");
        service("two");
        CommandSender sender = new CommandSender(cluster.node());
        JsonObject command = new JsonObject()
                .put("command", "action_vm '7' 'running'")
                .put("id", "the same")
                .put("resource", new JsonObject().put("resource_uuid", "uuid-7"));
        get(sender.send(command));
        get(sender.send(command));
        await().untilAsserted(() -> assertThat(got).hasSize(2));
        assertThat(got).extracting(Got::id).doesNotHaveDuplicates();
    }

    @Test
    void one_service_and_nodes_that_only_send_keep_the_order_of_each_resource() throws Exception {
        service("one");
        cluster.node();
        List<String> accepted = accepted(20);
        await().untilAsserted(() -> assertThat(got).extracting(Got::id).containsExactlyElementsOf(accepted));
    }
}
