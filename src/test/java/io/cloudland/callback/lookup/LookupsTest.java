package io.cloudland.callback.lookup;

import static io.cloudland.callback.lookup.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.config.LookupConfig;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database's turn is in {@link PostgresOutageTest}. */
class LookupsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final VirtualTimers timers = new VirtualTimers();

    @AfterEach
    void stop() {
        resultOf(vertx.close());
    }

    @Test
    void type_message_reads_what_commands_carry_and_knows_nothing_else() {
        ResourceLookup lookup = Lookups.of(new LookupConfig.Message(), vertx, timers);
        assertThat(resultOf(lookup.find(Samples.instance(123), Samples.carrying(Samples.INSTANCE))))
                .isPresent();
        assertThat(resultOf(lookup.find(Samples.instance(123), Samples.command("action_vm"))))
                .isEmpty();
        resultOf(lookup.close());
    }

    @Test
    void type_event_bus_asks_the_host_until_it_answers() {
        ResourceLookup lookup =
                Lookups.of(new LookupConfig.EventBus("late.host", Duration.ofSeconds(10), INTERVAL), vertx, timers);
        Future<Optional<ResourceSnapshot>> waiting = lookup.find(Samples.instance(123), Samples.command("action_vm"));
        await().until(() -> timers.scheduled() == 1);
        resultOf(vertx.eventBus()
                .consumer("late.host", question -> question.reply(Samples.INSTANCE))
                .completion());
        timers.advance(INTERVAL);
        assertThat(resultOf(waiting).map(Samples::longNumbers)).contains(Samples.expected(Samples.INSTANCE));
    }

    @Test
    void a_carried_snapshot_needs_no_host() {
        ResourceLookup lookup =
                Lookups.of(new LookupConfig.EventBus("no.host", Duration.ofSeconds(10), INTERVAL), vertx, timers);
        assertThat(resultOf(lookup.find(Samples.instance(123), Samples.carrying(Samples.INSTANCE))))
                .isPresent();
        assertThat(timers.scheduled()).isZero();
    }
}
