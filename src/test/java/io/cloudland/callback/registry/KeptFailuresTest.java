package io.cloudland.callback.registry;

import static io.cloudland.callback.registry.Commands.command;
import static io.cloudland.callback.registry.ScriptedLookup.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.lookup.DelayListener;
import io.cloudland.callback.lookup.ResourceLookup;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.observe.CommandListener;
import io.cloudland.callback.registry.CommandResult.Accepted;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of commands that were kept and acknowledged when their event cannot be made. */
@ExtendWith(VertxExtension.class)
class KeptFailuresTest {

    private static final ResourceRef INSTANCE = new ResourceRef(ResourceType.INSTANCE, 1);

    private final TinyStore store = new TinyStore();
    private final FakeInbox inbox = new FakeInbox();
    private final VirtualTimers time = new VirtualTimers();
    private final List<ErrorCode> refused = new CopyOnWriteArrayList<>();
    private final Promise<Optional<ResourceSnapshot>> back = Promise.promise();
    private RegistryVerticle registry;

    /** Away until the test completes {@link #back}. */
    private final ResourceLookup away = new ResourceLookup() {
        @Override
        public Future<Optional<ResourceSnapshot>> find(ResourceLocator locator, CommandMessage command) {
            return back.future();
        }

        @Override
        public Future<Optional<ResourceSnapshot>> find(
                ResourceLocator locator, CommandMessage command, DelayListener listener) {
            if (!back.future().isComplete()) {
                listener.delayed(why -> {});
            }
            return back.future();
        }
    };

    @BeforeEach
    void prepare() {
        store.keepIn(inbox);
    }

    private void deploy(Vertx vertx) throws Exception {
        registry = new RegistryVerticle(
                new RegistryRules(CommandRegistry.builtIn(), event -> List.of(), Optional.empty()),
                away,
                store,
                100,
                Duration.ofSeconds(10),
                time,
                new CommandListener() {
                    @Override
                    public void keptRefused(ErrorCode code) {
                        refused.add(code);
                    }
                });
        vertx.deployVerticle(registry).await(5, SECONDS);
    }

    private Accepted submit(String line) throws Exception {
        return (Accepted) registry.submit(command(line)).await(5, SECONDS);
    }

    private void lookupIsBack() {
        back.complete(Optional.of(snapshot(ResourceType.INSTANCE, 1, "row")));
    }

    private void awaitRetryIsPlanned() {
        await().until(() -> time.scheduled() == 1);
    }

    @Test
    void a_store_that_fails_is_tried_again_after_growing_pauses_and_the_order_holds(Vertx vertx) throws Exception {
        deploy(vertx);
        EventId first = submit("action_vm '1' 'running'").eventIds().get(0);
        store.failFor(INSTANCE, ErrorCode.STORE_FAILED);
        lookupIsBack();
        awaitRetryIsPlanned();
        Accepted behind = submit("action_vm '1' 'paused'");
        assertThat(behind.kept()).isTrue();

        time.advance(Duration.ofSeconds(1));
        awaitRetryIsPlanned();
        store.failNoLonger();
        time.advance(Duration.ofMillis(1_999));
        assertThat(store.events()).isEmpty();
        time.advance(Duration.ofMillis(1));

        await().until(() -> store.events().size() == 2);
        assertThat(store.events()).extracting(event -> event.change().status()).containsExactly("running", "paused");
        assertThat(inbox.size()).isZero();
        assertThat(refused).isEmpty();
        assertThat(first).isEqualTo(inbox.commands().get(0).parts().get(0).eventId());
    }

    @Test
    void a_defect_that_stays_is_let_go_in_the_end_and_told_and_the_next_one_goes_on(Vertx vertx) throws Exception {
        deploy(vertx);
        submit("action_vm '1' 'running'");
        store.failFor(INSTANCE, ErrorCode.INTERNAL);
        lookupIsBack();
        for (int pause : List.of(1, 2, 4, 8)) {
            awaitRetryIsPlanned();
            assertThat(refused).isEmpty();
            time.advance(Duration.ofSeconds(pause));
        }

        await().until(() -> refused.equals(List.of(ErrorCode.INTERNAL)));
        await().until(() -> inbox.size() == 0);
        store.failNoLonger();
        assertThat(submit("action_vm '1' 'paused'").eventIds()).hasSize(1);
        assertThat(store.events()).hasSize(1);
    }

    @Test
    void a_report_is_kept_as_a_whole_and_one_row_holds_it(Vertx vertx) throws Exception {
        deploy(vertx);

        Accepted accepted = submit("inst_status '3' '1 running 2 paused 1 shut_off'");

        assertThat(accepted.kept()).isTrue();
        assertThat(accepted.eventIds()).hasSize(3).doesNotHaveDuplicates();
        assertThat(inbox.commands())
                .singleElement()
                .satisfies(kept ->
                        assertThat(kept.parts()).extracting(KeptPart::index).containsExactly(0, 1, 2));
    }

    @Test
    void kept_commands_that_make_no_sense_any_more_are_told_at_the_start(Vertx vertx) throws Exception {
        keep(1, "unheard_of '1'", 0);
        keep(2, "action_vm '1' 'running'", 5);
        keep(3, "action_vm '1' 'running'", 0);
        lookupIsBack();

        deploy(vertx);

        await().until(() -> store.events().size() == 1);
        assertThat(refused).containsExactly(ErrorCode.INVALID_COMMAND_LINE, ErrorCode.MISSING_RESOURCE_ID);
        assertThat(inbox.size()).isZero();
    }

    private void keep(long arrival, String line, int index) {
        KeptPart part = new KeptPart(arrival, index, EventId.random(), Optional.empty());
        inbox.keep(new KeptCommand(arrival, command(line), List.of(part)));
    }
}
