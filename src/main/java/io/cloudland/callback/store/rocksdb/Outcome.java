package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.DeadLetter;
import org.rocksdb.RocksDBException;

/**
 * How it goes on with an open delivery. One that has ended already is left alone. Where the store cannot write it waits:
 * what was delivered would otherwise be delivered again.
 */
final class Outcome implements Change {

    private final DeliveryKey key;
    private final Effect effect;
    private final Answer<Void> answer = new Answer<>();

    @FunctionalInterface
    private interface Effect {
        void on(Batch batch, DeliveryKey key) throws RocksDBException;
    }

    private Outcome(DeliveryKey key, Effect effect) {
        this.key = key;
        this.effect = effect;
    }

    /**
     * The endpoint took it.
     *
     * @param tried whether it had been tried before
     */
    static Outcome delivered(DeliveryKey key, boolean tried) {
        return new Outcome(key, (batch, at) -> batch.delivered(at, tried));
    }

    static Outcome retry(DeliveryKey key, RetryCodec.Row row) {
        byte[] bytes = RetryCodec.encode(row.attemptsMade(), row.notBefore());
        return new Outcome(key, (batch, at) -> batch.retry(at, bytes));
    }

    static Outcome dead(DeliveryKey key, DeadLetter letter) {
        return new Outcome(key, (batch, at) -> batch.dead(at, letter, DeadLetterCodec.encode(letter)));
    }

    /** Its row cannot be read: it dies, with its bytes kept. */
    static Outcome unreadable(DeliveryKey key, DeadLetter standIn, byte[] row) {
        return new Outcome(key, (batch, at) -> batch.dead(at, standIn, DeadLetterCodec.encode(standIn, row)));
    }

    Answer<Void> answer() {
        return answer;
    }

    @Override
    public void applyTo(Batch batch) throws RocksDBException {
        if (batch.isOpen(key)) {
            effect.on(batch, key);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Void has no other value.
    public void committed(Answers answers) {
        answers.succeed(answer, null);
    }

    @Override
    public void failed(CallbackException failure, Answers answers) {
        answers.fail(answer, failure);
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
