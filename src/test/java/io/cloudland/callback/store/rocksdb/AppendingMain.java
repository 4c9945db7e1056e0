package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A process that appends until it is killed. Every acknowledged event is a line {@code A id resource sequence}, printed
 * after the acknowledgement; a delivery that ends is a line {@code E id} before and {@code D id} after.
 */
final class AppendingMain {

    static final int RESOURCES = 50;
    private static final List<String> ENDPOINTS = List.of("default", "other");
    private static final AttemptOutcome OK = new AttemptOutcome.Answered(200, "");

    private AppendingMain() {}

    /** Takes the directory, how to sync, and a name for this round. */
    public static void main(String[] arguments) {
        RocksDbEventStore store = new RocksDbEventStore(
                Path.of(arguments[0]),
                Sync.ofWireName(arguments[1]).orElseThrow(),
                1L << 33,
                10_000_000,
                1_000,
                TimeSource.system());
        await(store.open());
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
        for (int turn = 0; ; turn++) {
            appendSome(store, arguments[2] + "-" + turn, out);
            if (turn % 3 == 0) {
                endSome(store, 1 + turn % RESOURCES, out);
            } else if (turn % 3 == 1) {
                endSomeOfTheOther(store, 1 + turn % RESOURCES);
            }
            out.flush();
        }
    }

    private static void appendSome(RocksDbEventStore store, String status, PrintStream out) {
        List<Future<AppendResult>> together = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            long id = 1L + ThreadLocalRandom.current().nextInt(RESOURCES);
            together.add(store.append(change(instance(id), status + "-" + i), false, AppendingMain::plan));
        }
        for (Future<AppendResult> one : together) {
            var event = ((AppendResult.Appended) await(one)).event();
            out.println("A " + event.id() + " " + event.resource().id() + " " + event.sequence());
        }
    }

    /** Every other event of a resource is owed to both endpoints, which share it. */
    private static List<PlannedDelivery> plan(ResourceChangeEvent event) {
        Payload body = payload(event.id() + " " + event.sequence());
        return ENDPOINTS.stream()
                .limit(isShared(event) ? 2 : 1)
                .map(endpoint -> new PlannedDelivery(endpoint, body))
                .toList();
    }

    static boolean isShared(ResourceChangeEvent event) {
        return event.sequence() % 2 == 0;
    }

    private static void endSome(RocksDbEventStore store, long id, PrintStream out) {
        List<Delivery> open = await(store.pending("default", instance(id).slot(), -1, 40));
        open.forEach(delivery -> out.println("E " + delivery.event().id()));
        out.flush();
        for (Delivery delivery : open) {
            await(store.delivered(delivery, attempt(1, OK)));
            out.println("D " + delivery.event().id());
        }
    }

    /** At the same moment, so that a kill finds many of them under way. */
    private static void endSomeOfTheOther(RocksDbEventStore store, long id) {
        List<Delivery> open = await(store.pending("other", instance(id).slot(), -1, 40));
        await(Future.all(open.stream()
                .map(delivery -> store.delivered(delivery, attempt(1, OK)))
                .toList()));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
