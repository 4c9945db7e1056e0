package io.cloudland.callback.registry;

import static io.cloudland.callback.registry.Commands.command;
import static io.cloudland.callback.registry.ScriptedLookup.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.observe.CommandListener;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A registry whose store is shared with nodes that come and go. */
@ExtendWith(VertxExtension.class)
class OrphanedCommandsTest {

    private final TinyStore store = new TinyStore();
    private final FakeInbox inbox = new FakeInbox();
    private final VirtualTimers time = new VirtualTimers();
    private final ScriptedLookup lookup = new ScriptedLookup().knows(snapshot(ResourceType.INSTANCE, 1, "row"));
    private final RegistryVerticle registry = new RegistryVerticle(
            new RegistryRules(CommandRegistry.builtIn(), event -> List.of(), Optional.empty()),
            lookup,
            store,
            1_000,
            Duration.ofSeconds(10),
            time,
            new CommandListener() {});
    private String deployment;

    private void deploy(Vertx vertx) throws Exception {
        store.keepIn(inbox);
        deployment = vertx.deployVerticle(registry).await(5, SECONDS);
    }

    /** As the store answers them, under arrivals from {@code first} on. */
    private static List<KeptCommand> commands(long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(arrival -> new KeptCommand(
                        arrival,
                        command("action_vm '1' 'status-" + arrival + "'"),
                        List.of(new KeptPart(arrival, 0, new EventId("evt_" + arrival), Optional.empty()))))
                .toList();
    }

    private List<String> eventIds() {
        return store.events().stream().map(event -> event.id().value()).toList();
    }

    @Test
    void commands_of_nodes_that_are_gone_become_events_with_the_ids_that_their_senders_were_told(Vertx vertx)
            throws Exception {
        deploy(vertx);
        inbox.orphans.add(first -> Future.succeededFuture(commands(first, 2)));

        registry.takeOver();

        await().until(() -> store.events().size() == 2);
        assertThat(eventIds()).containsExactly("evt_1", "evt_2");
        registry.submit(command("action_vm '1' 'paused'")).await(5, SECONDS);
        assertThat(store.events()).hasSize(3);
    }

    @Test
    void as_many_as_are_taken_over_at_once_are_followed_by_the_rest(Vertx vertx) throws Exception {
        deploy(vertx);
        inbox.orphans.add(first -> Future.succeededFuture(commands(first, KeptCommands.CHUNK)));
        inbox.orphans.add(first -> Future.succeededFuture(commands(first, 3)));

        registry.takeOver();
        await().until(() -> store.events().size() == KeptCommands.CHUNK);
        await().until(() -> time.scheduled() == 1);
        time.advance(Duration.ofMillis(1));

        await().until(() -> store.events().size() == KeptCommands.CHUNK + 3);
        assertThat(eventIds()).doesNotHaveDuplicates();
    }

    @Test
    void after_a_failure_it_is_asked_again_for_the_same_arrivals(Vertx vertx) throws Exception {
        deploy(vertx);
        List<Long> asked = new ArrayList<>();
        inbox.orphans.add(first -> {
            asked.add(first);
            return Future.failedFuture(new CallbackException(ErrorCode.STORE_FAILED, "away"));
        });
        inbox.orphans.add(first -> {
            asked.add(first);
            return Future.succeededFuture(commands(first, 1));
        });

        registry.takeOver();
        await().until(() -> time.scheduled() == 1);
        registry.submit(command("action_vm '1' 'paused'")).await(5, SECONDS);
        time.advance(Duration.ofSeconds(5));

        await().until(() -> store.events().size() == 2);
        assertThat(asked).containsExactly(1L, 1L);
    }

    @Test
    void it_looks_again_by_itself_and_when_nodes_went_while_it_looked(Vertx vertx) throws Exception {
        deploy(vertx);
        Promise<List<KeptCommand>> slow = Promise.promise();
        inbox.orphans.add(first -> slow.future());
        registry.takeOver();
        await().until(() -> inbox.orphans.isEmpty());
        registry.takeOver();
        inbox.orphans.add(first -> Future.succeededFuture(commands(first, 1)));
        slow.complete(List.of());
        await().until(() -> store.events().size() == 1);

        inbox.orphans.add(first -> Future.succeededFuture(commands(first, 1)));
        await().until(() -> time.scheduled() == 1);
        time.advance(Duration.ofMinutes(1));
        await().until(() -> store.events().size() == 2);
    }

    @Test
    void a_registry_that_stops_takes_over_nothing_any_more(Vertx vertx) throws Exception {
        deploy(vertx);
        registry.takeOver();
        await().until(() -> time.scheduled() == 1);

        vertx.undeploy(deployment).await(5, SECONDS);
        inbox.orphans.add(first -> Future.succeededFuture(commands(first, 1)));
        registry.takeOver();
        time.advance(Duration.ofMinutes(2));

        assertThat(inbox.orphans).hasSize(1);
        assertThat(store.events()).isEmpty();
    }
}
