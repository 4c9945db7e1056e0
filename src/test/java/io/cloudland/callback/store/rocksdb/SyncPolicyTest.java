package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.time.VirtualTimers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What must be on the disk before anybody is told of it. */
class SyncPolicyTest {

    private static final long MAX_BYTES = 1L << 30;
    private static final ResourceRef RESOURCE = instance(7);
    private static final Delivery DELIVERY = Samples.delivery(1, RESOURCE, 1);

    @TempDir
    private Path directory;

    private final VirtualTimers time = new VirtualTimers();
    private OpenStore store;
    private WriteBatch writes;

    @BeforeEach
    void open() throws RocksDBException {
        store = OpenStore.open(directory, MAX_BYTES, "epoch", Duration.ZERO);
        writes = new WriteBatch();
    }

    @AfterEach
    void close() {
        writes.close();
        store.database().close();
    }

    private Append append() {
        Space space = new Space(directory, MAX_BYTES, 0, () -> Long.MAX_VALUE, time);
        return new Append(
                change(RESOURCE, "running"),
                AppendTerms.of(false),
                event -> List.of(new PlannedDelivery("default", payload("{}"))),
                new Admission(100, space),
                time.now(),
                time.now());
    }

    private DeliveryKey key() {
        return new DeliveryKey(1, RESOURCE.slot(), store.totals().get().lastPosition());
    }

    private Outcome dead() {
        DeadLetter letter = new DeadLetter(
                DELIVERY, attempt(1, new AttemptOutcome.Failed("refused")), "refused", time.now(), List.of());
        return Outcome.dead(key(), null, letter);
    }

    /** Writes the change and tells whether it had to be forced onto the disk. */
    private boolean isDueFor(Sync sync, Change change) throws RocksDBException {
        writes.clear();
        Batch batch = new Batch(store, writes);
        change.applyTo(batch);
        boolean due = new SyncPolicy(sync, store.database(), new WriteFailures(time), time).isDueFor(batch);
        batch.write(false);
        batch.published();
        return due;
    }

    @Test
    void an_event_and_a_dead_letter_are_forced_onto_the_disk_at_once() throws RocksDBException {
        assertThat(isDueFor(Sync.ALWAYS, append())).isTrue();
        assertThat(isDueFor(Sync.ALWAYS, dead()))
                .as("the next event goes out behind it, so it must not come back")
                .isTrue();
    }

    @Test
    void what_was_delivered_need_not_be_for_it_would_only_be_sent_again() throws RocksDBException {
        isDueFor(Sync.ALWAYS, append());

        assertThat(isDueFor(Sync.ALWAYS, Outcome.delivered(key(), null, false))).isFalse();
    }

    @Test
    void without_sync_always_nothing_is() throws RocksDBException {
        assertThat(isDueFor(Sync.INTERVAL, append())).isFalse();
        assertThat(isDueFor(Sync.OFF, dead())).isFalse();
    }
}
