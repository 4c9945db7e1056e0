package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Tries;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** One open delivery stands for older ones from now on, which end. Where the store cannot write it waits. */
final class Coalesce extends AnsweredChange<Void> {

    /**
     * One that ends.
     *
     * @param hasNotes whether it was tried or stands for others itself
     * @param logged what the delivery log keeps of it; null where there is none
     */
    record Merged(DeliveryKey key, boolean hasNotes, BatchLog.@Nullable Entry logged) {}

    private final DeliveryKey standing;
    private final int attemptsMade;
    private final Instant notBefore;
    private final Coalesced coalesced;
    private final List<Merged> merged;

    /** @param delivery the one that stands for them; its body is not kept alive */
    Coalesce(DeliveryKey standing, Delivery delivery, List<Merged> merged) {
        this.standing = standing;
        this.attemptsMade = delivery.attemptsMade();
        this.notBefore = delivery.notBefore();
        this.coalesced = delivery.coalesced();
        this.merged = merged;
    }

    @Override
    public void applyTo(Batch batch) throws RocksDBException {
        BatchDeliveries deliveries = batch.deliveries();
        if (!deliveries.isOpen(standing)) {
            return;
        }
        Tries tries = attemptsMade == 0 ? Tries.none() : deliveries.triesOf(standing);
        deliveries.note(standing, new RetryCodec.Row(attemptsMade, notBefore, tries, coalesced));
        for (Merged one : merged) {
            if (deliveries.isOpen(one.key())) {
                end(one, batch);
            }
        }
    }

    private static void end(Merged one, Batch batch) throws RocksDBException {
        batch.deliveries().coalesced(one.key(), one.hasNotes());
        BatchLog.Entry logged = one.logged();
        if (logged != null) {
            batch.log().add(logged);
        }
    }

    @Override
    @Nullable
    Void result() {
        return null;
    }

    @Override
    public boolean isKeptUntilWritten() {
        return true;
    }

    @Override
    public String toString() {
        return "that the delivery at position " + standing.position() + " stands for " + coalesced.count() + " others";
    }
}
