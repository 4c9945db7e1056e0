package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.DeliveryRecords;
import io.cloudland.callback.store.FirstAccepted;
import io.cloudland.callback.store.Replayed;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.rocksdb.RocksDBException;

/** {@link DeliveryRecords} of the {@link RocksDbEventStore}. Searches run on a thread of their own: no delivery waits. */
final class RocksDbRecords implements DeliveryRecords {

    private final Entrance entrance;
    private final Admission admission;
    private final TimeSource time;

    RocksDbRecords(Entrance entrance, Admission admission, TimeSource time) {
        this.entrance = entrance;
        this.admission = admission;
        this.time = time;
    }

    @Override
    public Future<List<DeadLetter>> deadLetters(DeadLetterFilter filter, int limit) {
        return search(
                "the dead letters",
                (rooms, patience) -> new DeadLetters(rooms.store()).newest(filter, limit, patience));
    }

    @Override
    public Future<Replayed> replay(DeadLetterFilter filter, Predicate<String> endpoint) {
        return entrance.whenOpen(rooms -> {
            ReplayChoice choice = new ReplayChoice(endpoint);
            return new LetterWalk(rooms, time, filter, choice, LetterChunk.replay(admission))
                    .start()
                    .future()
                    .map(choice::result);
        });
    }

    @Override
    public Future<Long> purge(DeadLetterFilter filter) {
        return entrance.whenOpen(
                rooms -> new LetterWalk(rooms, time, filter, (key, letter) -> true, LetterChunk.purge())
                        .start()
                        .future()
                        .map(LetterChunk.Done::count));
    }

    @Override
    public Future<List<Delivery>> deliveries(DeliveryFilter filter, int limit) {
        return search("the open deliveries", (rooms, patience) -> first(filter, limit, rooms, patience));
    }

    private static List<Delivery> first(DeliveryFilter filter, int limit, Rooms rooms, Patience patience)
            throws RocksDBException {
        OpenDeliveries open = new OpenDeliveries(rooms.store());
        FirstAccepted first = new FirstAccepted(limit);
        for (String endpoint :
                filter.endpoint().map(List::of).orElseGet(rooms.store().endpoints()::names)) {
            for (int slot : slots(filter)) {
                open.offerTo(
                        first, filter, endpoint, slot, patience, rooms.queries().movingAside(endpoint));
            }
        }
        return first.inOrder();
    }

    private static int[] slots(DeliveryFilter filter) {
        return filter.resource()
                .map(resource -> new int[] {resource.slot()})
                .orElseGet(() -> IntStream.range(0, ResourceRef.SLOTS).toArray());
    }

    @Override
    public Future<List<LoggedAttempt>> attempts(AttemptFilter filter, int limit) {
        return search(
                "the delivery log", (rooms, patience) -> new AttemptLog(rooms.store()).newest(filter, limit, patience));
    }

    @FunctionalInterface
    private interface Search<T> {
        T run(Rooms rooms, Patience patience) throws RocksDBException;
    }

    private <T> Future<T> search(String what, Search<T> search) {
        return entrance.whenOpen(rooms -> rooms.searcher()
                .read(what, () -> search.run(rooms, Patience.limited(time, rooms.searcher()::isStopping))));
    }
}
