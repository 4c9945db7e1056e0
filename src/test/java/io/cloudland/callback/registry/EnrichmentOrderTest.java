package io.cloudland.callback.registry;

import static io.cloudland.callback.registry.ScriptedLookup.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceLocator.InterfaceByMac;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.observe.CommandListener;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the order in which lookups answer, the events of one resource stand in the order of its commands. */
@ExtendWith(VertxExtension.class)
class EnrichmentOrderTest {

    private static final int COMMANDS = 300;

    private final TinyStore store = new TinyStore();
    private final ScriptedLookup lookup = new ScriptedLookup();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void events_of_one_resource_stand_in_the_order_of_its_commands(long seed, Vertx vertx) throws Exception {
        Random random = new Random(seed);
        RegistryVerticle registry = new RegistryVerticle(
                new RegistryRules(CommandRegistry.builtIn(), event -> List.of(), Optional.empty()),
                lookup,
                store,
                COMMANDS,
                Duration.ofSeconds(10),
                new VirtualTimers(),
                CommandListener.NONE);
        vertx.deployVerticle(registry).await(5, SECONDS);
        fillTheLookup();
        lookup.hold();

        List<Future<CommandResult>> results = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            results.add(registry.submit(Commands.command(randomLine(random), Commands.AT.plusSeconds(i))));
        }
        await().until(() -> lookup.waiting().size() > 1);
        int mostAtOnce = answerAtRandom(random, Future.join(results));

        assertThat(results).allMatch(Future::succeeded);
        assertThat(store.events()).hasSize(COMMANDS);
        assertThat(mostAtOnce).as("lookups of different resources at once").isGreaterThan(3);
        Map<ResourceRef, List<Instant>> times = store.events().stream()
                .collect(Collectors.groupingBy(
                        ResourceChangeEvent::resource,
                        Collectors.mapping(event -> event.change().occurredAt(), Collectors.toList())));
        assertThat(times.values()).allSatisfy(ofOne -> assertThat(ofOne).isSorted());
    }

    private int answerAtRandom(Random random, Future<?> all) {
        int mostAtOnce = 0;
        while (!all.isComplete()) {
            List<ScriptedLookup.Asked> waiting = lookup.waiting();
            mostAtOnce = Math.max(mostAtOnce, waiting.size());
            if (waiting.isEmpty()) {
                Thread.onSpinWait();
            } else {
                lookup.answer(waiting.get(random.nextInt(waiting.size())));
            }
        }
        return mostAtOnce;
    }

    private static String randomLine(Random random) {
        int instance = 1 + random.nextInt(3);
        int nic = 1 + random.nextInt(3); // Goes from instance to instance.
        return switch (random.nextInt(5)) {
            case 0 -> "action_vm '" + instance + "' 'running'";
            case 1 -> "clear_vm '" + instance + "'";
            case 2 -> "detach_volume '" + instance + "' '" + (1 + random.nextInt(3)) + "'";
            case 3 -> "attach_vm_nic '" + instance + "' '52:54:00:00:00:0" + nic + "' '5'";
            default -> "detach_vm_nic '" + instance + "' '10" + nic + "' '5'";
        };
    }

    private void fillTheLookup() {
        for (long id = 1; id <= 3; id++) {
            lookup.knows(snapshot(ResourceType.INSTANCE, id, "row"));
            lookup.knows(snapshot(ResourceType.VOLUME, id, "row"));
            lookup.knows(snapshot(ResourceType.INTERFACE, 100 + id, "active"));
            for (long instance = 1; instance <= 3; instance++) {
                lookup.knows(
                        new InterfaceByMac(instance, "52:54:00:00:00:0" + id),
                        snapshot(ResourceType.INTERFACE, 100 + id, "active"));
            }
        }
    }
}
