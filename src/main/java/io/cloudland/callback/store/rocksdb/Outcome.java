package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Tries;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * How it goes on with an open delivery. One that has ended already is left alone. Where the store cannot write it waits:
 * what was delivered would otherwise be delivered again.
 */
final class Outcome extends AnsweredChange<Void> {

    private final DeliveryKey key;
    private final BatchLog.@Nullable Entry logged;
    private final Effect effect;

    @FunctionalInterface
    private interface Effect {
        void on(BatchDeliveries deliveries, DeliveryKey key) throws RocksDBException;
    }

    private Outcome(DeliveryKey key, BatchLog.@Nullable Entry logged, Effect effect) {
        this.key = key;
        this.logged = logged;
        this.effect = effect;
    }

    /**
     * The endpoint took it.
     *
     * @param logged what the delivery log keeps of it; null where there is none
     * @param tried whether it had been tried before, or stands for others
     */
    static Outcome delivered(DeliveryKey key, BatchLog.@Nullable Entry logged, boolean tried) {
        return new Outcome(key, logged, (deliveries, at) -> deliveries.delivered(at, tried));
    }

    /** @param retried the delivery after this attempt */
    static Outcome retry(DeliveryKey key, BatchLog.@Nullable Entry logged, Attempt attempt, Delivery retried) {
        int made = retried.attemptsMade();
        Instant next = retried.notBefore();
        Coalesced coalesced = retried.coalesced(); // No body is kept alive until it is written.
        return new Outcome(key, logged, (deliveries, at) -> {
            Tries before = made == 1 ? Tries.none() : deliveries.triesOf(at);
            deliveries.note(at, new RetryCodec.Row(made, next, before.and(attempt), coalesced));
        });
    }

    /** @param letter still without the times of the attempts before the last */
    static Outcome dead(DeliveryKey key, BatchLog.@Nullable Entry logged, DeadLetter letter) {
        return new Outcome(key, logged, (deliveries, at) -> {
            boolean tried = letter.delivery().attemptsMade() > 1;
            Tries tries = (tried ? deliveries.triesOf(at) : Tries.none()).and(letter.lastAttempt());
            DeadLetter whole = new DeadLetter(
                    letter.delivery(), letter.lastAttempt(), letter.reason(), letter.diedAt(), tries.startedAt());
            deliveries.dead(at, whole, DeadLetterCodec.encode(whole));
        });
    }

    /** Its row cannot be read: it dies, with its bytes kept. */
    static Outcome unreadable(DeliveryKey key, DeadLetter standIn, byte[] row) {
        return new Outcome(
                key, null, (deliveries, at) -> deliveries.dead(at, standIn, DeadLetterCodec.encode(standIn, row)));
    }

    @Override
    public void applyTo(Batch batch) throws RocksDBException {
        if (batch.deliveries().isOpen(key)) {
            effect.on(batch.deliveries(), key);
            if (logged != null) {
                batch.log().add(logged);
            }
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
        return "the outcome of the delivery at position " + key.position();
    }
}
