package io.cloudland.callback.store.rocksdb;

import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** Some dead letters to which the same is done in one commit; those that are gone by then are passed over. */
final class LetterChunk extends AnsweredChange<LetterChunk.Done> {

    /** A dead letter that was found, with the slot of its resource. */
    record Found(DeadKey key, int slot, int bodyBytes) {}

    /**
     * What came of it.
     *
     * @param stopped why not all of them were taken; empty where all were
     */
    record Done(long count, Optional<String> stopped) {}

    /** Does it to one letter; returns why it and those after it cannot be taken, having put nothing then. */
    @FunctionalInterface
    interface Effect {
        Optional<String> on(Batch batch, Found letter, byte[] row) throws RocksDBException;
    }

    private final List<Found> letters;
    private final Effect effect;
    private Done done = new Done(0, Optional.empty());

    LetterChunk(List<Found> letters, Effect effect) {
        this.letters = letters;
        this.effect = effect;
    }

    /** Makes a letter pending again while there is room. */
    static Effect replay(Admission admission) {
        return (batch, letter, row) -> {
            Optional<String> problem = admission.problem(batch.claimed(), 1);
            if (problem.isEmpty()) {
                batch.letters().replay(letter.key(), letter.slot(), row);
            }
            return problem;
        };
    }

    static Effect purge() {
        return (batch, letter, row) -> {
            batch.letters().purge(letter.key(), row);
            return Optional.empty();
        };
    }

    @Override
    public void applyTo(Batch batch) throws RocksDBException {
        long count = 0;
        for (Found letter : letters) {
            byte[] row = batch.letters().get(letter.key());
            if (row == null) {
                continue;
            }
            Optional<String> stopped = effect.on(batch, letter, row);
            if (stopped.isPresent()) {
                done = new Done(count, stopped);
                return;
            }
            count++;
        }
        done = new Done(count, Optional.empty());
    }

    @Override
    Done result() {
        return done;
    }

    @Override
    public String toString() {
        return letters.size() + " dead letters";
    }
}
