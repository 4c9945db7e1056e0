package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.registry.CommandDefinition;
import io.cloudland.callback.registry.Extraction;
import io.cloudland.callback.registry.Mention;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host deploys the service, configures it, switches it, and lets it go. */
class CallbackVerticleLifeTest extends DeployedCallback {

    @Test
    void it_can_be_switched_off_and_on_while_it_runs() throws Exception {
        deploy(options());
        callback.service().setEnabled(false);

        assertThat(send(withSnapshot("action_vm.sh '127' 'running'")))
                .isEqualTo(new JsonObject().put("status", "ignored").put("reason", "disabled"));

        callback.service().setEnabled(true);
        assertThat(send(withSnapshot("action_vm.sh '127' 'running'")).getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void two_services_on_one_address_are_told_although_their_prefixes_differ() throws Exception {
        deploy(options());
        CallbackOptions other =
                options().setPrefix("other").set("ingest", new JsonObject().put("address", "callback.commands"));

        assertThatThrownBy(() -> get(vertx.deployVerticle(new CallbackVerticle(), other.toDeploymentOptions())))
                .hasMessageContaining("address callback.commands is in use");
    }

    @Test
    void a_command_registered_in_the_configuration_makes_events() throws Exception {
        deploy(options()
                .set(
                        "commands",
                        new JsonObject()
                                .put(
                                        "your_new_command",
                                        new JsonObject()
                                                .put("resource_type", "floating_ip")
                                                .put("id_arg", 1)
                                                .put("status_arg", 2)
                                                .put("action", "created"))));

        assertThat(send(withSnapshot("your_new_command '9' 'active'")).getString("status"))
                .isEqualTo("accepted");
        await().untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(1));
    }

    @Test
    void a_host_registers_a_command_with_an_extractor_of_its_own() throws Exception {
        CommandDefinition definition = new CommandDefinition(
                "router_moved",
                ResourceType.ROUTER,
                Action.MIGRATED,
                command -> Extraction.of(Mention.of(
                        new ResourceRef(
                                ResourceType.ROUTER,
                                Long.parseLong(command.args().get(2))),
                        Optional.of("moved"))));
        get(vertx.deployVerticle(
                new CallbackVerticle(List.of(definition)), options().toDeploymentOptions()));

        assertThat(send(withSnapshot("router_moved 'from-3' '77'")).getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void two_services_live_in_one_host_when_their_prefixes_differ() throws Exception {
        deploy(options().setPrefix("first"));
        CallbackVerticle second = new CallbackVerticle();
        get(vertx.deployVerticle(second, options().setPrefix("second").toDeploymentOptions()));

        get(callback.service().submit(withSnapshot("action_vm.sh '1' 'running'")));
        get(second.service().submit(withSnapshot("action_vm.sh '1' 'running'")));

        await().untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(2));
        assertThat(receiver.report().epochs()).isPositive();
    }

    @Test
    void a_second_service_with_the_same_prefix_is_told() throws Exception {
        deploy(options());

        assertThatThrownBy(() -> get(
                        vertx.deployVerticle(new CallbackVerticle(), options().toDeploymentOptions())))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("callback.prefix");
        assertThat(send(withSnapshot("action_vm.sh '1' 'running'")).getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void a_prefix_is_free_again_after_the_undeploy() throws Exception {
        String id = get(vertx.deployVerticle(callback, options().toDeploymentOptions()));
        get(vertx.undeploy(id));

        get(vertx.deployVerticle(new CallbackVerticle(), options().toDeploymentOptions()));

        assertThat(send(withSnapshot("action_vm.sh '1' 'running'")).getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void several_instances_are_refused_with_the_reason() {
        DeploymentOptions three = options().toDeploymentOptions().setInstances(3);

        assertThatThrownBy(() -> get(vertx.deployVerticle(CallbackVerticle.class, three)))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("callback.workers");
    }

    @Test
    void a_wrong_configuration_fails_the_deployment_with_every_problem() {
        CallbackOptions wrong =
                new CallbackOptions().setUrl("ftp://x").setWorkers(0).set("retry_maxx", 1);

        assertThatThrownBy(() -> get(vertx.deployVerticle(callback, wrong.toDeploymentOptions())))
                .isInstanceOfSatisfying(
                        CallbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
                .hasMessageContaining("callback.url")
                .hasMessageContaining("callback.workers")
                .hasMessageContaining("callback.retry_max");
    }

    @Test
    void an_undeploy_delivers_what_was_accepted() throws Exception {
        receiver.setFaults("delay=300ms");
        String id = get(vertx.deployVerticle(callback, options().toDeploymentOptions()));
        for (int i = 0; i < 100; i++) {
            send(withSnapshot("action_vm.sh '" + (1 + i % 50) + "' 'status-" + i + "'"));
        }

        get(vertx.undeploy(id));

        assertThat(receiver.report().unique()).isEqualTo(100);
        assertThat(callback.service().stats().store().pending()).isZero();
    }

    @Test
    void with_the_durable_store_what_was_pending_is_delivered_after_a_restart_with_the_same_ids(@TempDir Path directory)
            throws Exception {
        receiver.setFaults("status=503");
        CallbackOptions durable = options()
                .setRetryMax(100)
                .set("shutdown_timeout", 1)
                .set("store", new JsonObject().put("type", "rocksdb").put("path", directory.toString()));
        String deployment = get(vertx.deployVerticle(callback, durable.toDeploymentOptions()));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(send(withSnapshot("action_vm.sh '" + (1 + i % 10) + "' 'status-" + i + "'"))
                    .getJsonArray("event_ids")
                    .getString(0));
        }
        get(vertx.undeploy(deployment));
        receiver.setFaults("");

        get(vertx.deployVerticle(new CallbackVerticle(), durable.toDeploymentOptions()));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(50));
        assertThat(ids).allMatch(receiver::hasTaken);
        assertThat(receiver.report().outOfOrder()).isZero();
        assertThat(receiver.report().chainBreaks()).isZero();
    }

    @Test
    void the_service_is_not_there_before_the_start() {
        assertThatThrownBy(callback::service).isInstanceOf(IllegalStateException.class);
    }
}
