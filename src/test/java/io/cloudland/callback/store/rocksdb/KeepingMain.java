package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.Inbox;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process that keeps commands and makes their events until it is killed. {@code K arrival} is printed after a command was
 * acknowledged as kept, {@code F arrival} after its event was.
 */
final class KeepingMain {

    static final int RESOURCES = 20;

    private KeepingMain() {}

    /** Takes the directory. */
    public static void main(String[] arguments) {
        RocksDbEventStore store = new RocksDbEventStore(
                Path.of(arguments[0]), Sync.ALWAYS, 1L << 33, 10_000_000, 1_000, TimeSource.system());
        await(store.open());
        Inbox inbox = store.inbox().orElseThrow();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (long arrival = inbox.lastArrival() + 1; ; arrival += 32) {
            List<Future<?>> together = new ArrayList<>();
            for (long each = arrival; each < arrival + 32; each++) {
                long kept = each;
                together.add(inbox.keep(command(kept)).onSuccess(done -> out.println("K " + kept)));
            }
            await(Future.all(together));
            for (long each = arrival; each < arrival + 32; each += 2) {
                fulfil(store, each, out);
            }
        }
    }

    private static void fulfil(RocksDbEventStore store, long arrival, PrintStream out) {
        store.append(
                        change(instance(1 + arrival % RESOURCES), "s" + arrival),
                        AppendTerms.fulfilling(false, part(arrival)),
                        event -> List.of(new PlannedDelivery("default", payload("{}"))))
                .onSuccess(done -> out.println("F " + arrival));
    }

    static KeptPart part(long arrival) {
        return new KeptPart(arrival, 0, new EventId("evt_" + arrival), Optional.empty());
    }

    private static KeptCommand command(long arrival) {
        CommandMessage command = new CommandMessage(
                Optional.empty(),
                "action_vm",
                List.of("action_vm", "" + (1 + arrival % RESOURCES)),
                false,
                Optional.empty(),
                TimeSource.system().now());
        return new KeptCommand(arrival, command, List.of(part(arrival)));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
