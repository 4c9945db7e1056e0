package io.cloudland.callback.registry;

import static io.cloudland.callback.registry.Commands.command;
import static io.cloudland.callback.registry.ScriptedLookup.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.observe.CommandListener;
import io.cloudland.callback.registry.CommandResult.Accepted;
import io.cloudland.callback.registry.CommandResult.Ignored;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class RegistryVerticleTest {

    private static final int MOST = 3;
    private static final Ignored UNCHANGED = new Ignored(IgnoreReason.UNCHANGED);

    private final TinyStore store = new TinyStore();
    private final ScriptedLookup lookup = new ScriptedLookup();
    private final VirtualTimers time = new VirtualTimers();
    private RegistryVerticle registry;
    private Vertx vertx;
    private String deployment;

    @BeforeEach
    void deploy(Vertx vertx) throws Exception {
        this.vertx = vertx;
        registry = new RegistryVerticle(
                rules(CommandRegistry.builtIn()),
                lookup,
                store,
                MOST,
                Duration.ofSeconds(10),
                time,
                CommandListener.NONE);
        deployment = vertx.deployVerticle(registry).await(5, SECONDS);
        for (long id = 1; id < 10; id++) {
            lookup.knows(snapshot(ResourceType.INSTANCE, id, "row"));
        }
    }

    private static RegistryRules rules(CommandRegistry commands) {
        return new RegistryRules(commands, event -> List.of(), Optional.of("hk"));
    }

    private CommandResult submit(String line) throws Exception {
        return registry.submit(command(line)).await(5, SECONDS);
    }

    private CallbackException refusal(String line) {
        return catchThrowableOfType(CallbackException.class, () -> submit(line));
    }

    private List<String> statuses() {
        return store.events().stream()
                .map(event -> event.resource() + " " + event.change().status())
                .toList();
    }

    @Test
    void a_command_becomes_one_stored_event() throws Exception {
        Accepted accepted = (Accepted) submit("launch_vm.sh '1' 'running' '3' 'init'");
        ResourceChangeEvent event = store.events().get(0);
        assertThat(accepted).isEqualTo(new Accepted(List.of(event.id()), List.of()));
        assertThat(event.change().status()).isEqualTo("running");
        assertThat(event.change().region()).contains("hk");
    }

    @Test
    void a_command_yields_an_event_even_where_its_status_did_not_change() throws Exception {
        submit("action_vm '1' 'running'");
        assertThat(submit("action_vm '1' 'running'")).isInstanceOf(Accepted.class);
        assertThat(store.events()).hasSize(2);
    }

    @Test
    void a_status_report_yields_events_for_changes_only_and_asks_no_lookup_for_the_rest() throws Exception {
        submit("inst_status '3' '1 running 2 running 3 shut_off'");
        int asked = lookup.questions.get();
        assertThat(submit("inst_status '3' '1 running 2 running 3 shut_off'")).isEqualTo(UNCHANGED);
        assertThat(lookup.questions).hasValue(asked);

        assertThat(((Accepted) submit("inst_status '3' '1 running 2 paused 3 shut_off'")).eventIds())
                .hasSize(1);
        assertThat(submit("inst_status '3' ''")).isEqualTo(UNCHANGED);
        assertThat(statuses())
                .containsExactly(
                        "instance/1 running", "instance/2 running", "instance/3 shut_off", "instance/2 paused");
    }

    @Test
    void an_instance_that_stands_twice_in_a_report_keeps_both_in_order() throws Exception {
        assertThat(((Accepted) submit("inst_status '3' '1 running 1 paused 1 paused'")).eventIds())
                .hasSize(2);
        assertThat(statuses()).containsExactly("instance/1 running", "instance/1 paused");
    }

    @Test
    void problems_of_some_resources_stand_beside_the_events_of_others() throws Exception {
        Accepted accepted = (Accepted) submit("inst_status '3' '1 running 99 running x running'");
        assertThat(accepted.eventIds()).hasSize(1);
        assertThat(accepted.problems())
                .extracting(CallbackException::code)
                .containsExactly(ErrorCode.INVALID_RESOURCE_ID, ErrorCode.RESOURCE_UNKNOWN);
    }

    @Test
    void a_problem_is_told_where_all_others_are_unchanged() throws Exception {
        submit("inst_status '3' '1 running'");
        assertThat(refusal("inst_status '3' '1 running 99 running'").code()).isEqualTo(ErrorCode.RESOURCE_UNKNOWN);
    }

    @Test
    void what_can_succeed_later_fails_the_whole_command() {
        store.failFor(new ResourceRef(ResourceType.INSTANCE, 2), ErrorCode.QUEUE_FULL);
        assertThat(refusal("inst_status '3' '99 running 1 running 2 running'").code())
                .isEqualTo(ErrorCode.QUEUE_FULL);
        assertThat(statuses()).containsExactly("instance/1 running");
    }

    @Test
    void a_refused_command_does_not_disturb_the_next() throws Exception {
        assertThat(refusal("launch_vm 'x'").code()).isEqualTo(ErrorCode.INVALID_RESOURCE_ID);
        assertThat(refusal("launch_vm '99' 'running'").code()).isEqualTo(ErrorCode.RESOURCE_UNKNOWN);
        assertThat(refusal("attach_vm_nic '1' '52:54:00:12:34:56'").code()).isEqualTo(ErrorCode.RESOURCE_UNKNOWN);
        assertThat(submit("launch_vm '1' 'running'")).isInstanceOf(Accepted.class);
    }

    @Test
    void a_deleted_row_is_told_from_the_last_known_state() throws Exception {
        submit("launch_vm '1' 'running'");
        lookup.knows(
                new io.cloudland.callback.model.ResourceLocator.ById(new ResourceRef(ResourceType.INSTANCE, 1)), null);
        submit("clear_vm '1'");
        ResourceChangeEvent event = store.events().get(1);
        assertThat(event.change().status()).isEqualTo("deleted");
        assertThat(event.change().uuid()).isEqualTo("instance-uuid-1");
        assertThat(event.change().metadata()).isNotEmpty();
        assertThat(event.previousStatus()).contains("running");
    }

    @Test
    void a_defect_of_an_extractor_is_answered_by_the_command_s_name() throws Exception {
        CommandDefinition broken = new CommandDefinition("broken", ResourceType.ROUTER, Action.CREATED, command -> {
            throw new IllegalStateException("a defect");
        });
        registry.use(rules(CommandRegistry.builtIn().with(broken)));
        assertThat(registry.isRegistered("broken")).isTrue();
        CallbackException refusal = refusal("broken '1'");
        assertThat(refusal.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(refusal).hasMessageContaining("broken");
        assertThat(submit("launch_vm '1' 'running'")).isInstanceOf(Accepted.class);
    }

    @Test
    void an_unregistered_command_is_ignored() throws Exception {
        assertThat(registry.isRegistered("report_rc")).isFalse();
        assertThat(submit("report_rc 'cpu=1'")).isEqualTo(new Ignored(IgnoreReason.NOT_REGISTERED));
    }

    @Test
    void on_its_own_context_a_command_that_waits_for_nothing_is_complete_at_once() {
        AtomicReference<Boolean> complete = new AtomicReference<>();
        CommandDefinition probe = new CommandDefinition("probe", ResourceType.ROUTER, Action.CREATED, outer -> {
            complete.set(registry.submit(command("launch_vm '1' 'running'")).isComplete());
            return new Extraction(List.of(), List.of());
        });
        registry.use(rules(CommandRegistry.builtIn().with(probe)));
        registry.submit(command("probe"));
        await().until(() -> complete.get() != null);
        assertThat(complete).hasValue(true);
    }

    @Test
    void more_commands_than_allowed_are_refused_until_some_have_ended() throws Exception {
        lookup.hold();
        List<Future<CommandResult>> held = new ArrayList<>();
        for (int id = 1; id <= MOST; id++) {
            held.add(registry.submit(command("launch_vm '" + id + "' 'running'")));
        }
        CallbackException full = refusal("launch_vm '4' 'running'");
        assertThat(full.code()).isEqualTo(ErrorCode.QUEUE_FULL);
        assertThat(full).hasMessageContaining("launch_vm").hasMessageContaining("3 commands are in work");

        lookup.answer(lookup.waiting().get(0));
        held.get(0).await(5, SECONDS);
        Future<CommandResult> next = registry.submit(command("launch_vm '4' 'running'"));
        await().until(() -> lookup.waiting().size() == MOST);
        lookup.waiting().forEach(lookup::answer);
        assertThat(next.await(5, SECONDS)).isInstanceOf(Accepted.class);
    }

    @Test
    void an_interface_detached_from_one_instance_and_attached_to_another_keeps_that_order() throws Exception {
        ResourceLocator.InterfaceByMac attached = new ResourceLocator.InterfaceByMac(2, "52:54:00:00:00:05");
        lookup.knows(snapshot(ResourceType.INTERFACE, 105, "unattached"));
        lookup.knows(attached, snapshot(ResourceType.INTERFACE, 105, "active"));
        lookup.hold();
        Future<CommandResult> detach = registry.submit(command("detach_vm_nic '1' '105' '5'"));
        Future<CommandResult> attach = registry.submit(command("attach_vm_nic '2' '52:54:00:00:00:05' '5'"));
        await().until(() -> !lookup.waiting().isEmpty());
        while (!attach.isComplete()) { // Always the newest question first.
            lookup.waiting().stream().reduce((first, second) -> second).ifPresent(lookup::answer);
        }
        assertThat(detach.isComplete()).isTrue();
        assertThat(store.events())
                .extracting(event -> event.change().command())
                .containsExactly("detach_vm_nic", "attach_vm_nic");
    }

    @Test
    void a_stop_refuses_new_commands_and_waits_for_those_in_work() throws Exception {
        lookup.hold();
        Future<CommandResult> held = registry.submit(command("launch_vm '1' 'running'"));
        await().until(() -> lookup.waiting().size() == 1);

        Future<Void> undeployed = vertx.undeploy(deployment);
        await().until(() -> time.scheduled() == 1);
        assertThat(refusal("launch_vm '2' 'running'").code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
        assertThat(undeployed.isComplete()).isFalse();
        assertThat(registry.drained().isComplete()).isFalse();

        lookup.answer(lookup.waiting().get(0));
        assertThat(held.await(5, SECONDS)).isInstanceOf(Accepted.class);
        undeployed.await(5, SECONDS);
        registry.drained().await(5, SECONDS);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void a_stop_gives_up_what_is_left_after_its_limit_and_keeps_nothing_of_it() throws Exception {
        lookup.hold();
        Future<CommandResult> held = registry.submit(command("launch_vm '1' 'running'"));
        await().until(() -> lookup.waiting().size() == 1);
        Future<Void> undeployed = vertx.undeploy(deployment);
        await().until(() -> time.scheduled() == 1);

        time.advance(Duration.ofSeconds(10));
        CallbackException refusal = catchThrowableOfType(CallbackException.class, () -> held.await(5, SECONDS));
        assertThat(refusal.code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
        undeployed.await(5, SECONDS);
        registry.drained().await(5, SECONDS);

        lookup.answer(lookup.waiting().get(0));
        Promise<Void> passed = Promise.promise();
        registry.submit(command("launch_vm '2' 'running'")).onComplete(refused -> passed.complete());
        passed.future().await(5, SECONDS);
        assertThat(store.events()).isEmpty();
    }

    @Test
    void a_stop_without_work_is_over_at_once() throws Exception {
        vertx.undeploy(deployment).await(5, SECONDS);
        registry.drained().await(5, SECONDS);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void before_its_start_it_refuses() {
        RegistryVerticle early = new RegistryVerticle(
                rules(CommandRegistry.builtIn()),
                lookup,
                store,
                MOST,
                Duration.ofSeconds(10),
                time,
                CommandListener.NONE);
        CommandMessage launch = command("launch_vm '1' 'running'");
        assertThat(early.submit(launch).cause())
                .isInstanceOfSatisfying(
                        CallbackException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SHUTTING_DOWN));
    }
}
