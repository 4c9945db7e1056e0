package io.cloudland.callback.store.rocksdb;

/**
 * Moves the mark below which there is no dead letter, after many have gone, so that no walk crosses their graves. Left
 * alone where one has died since it was looked up.
 *
 * @param oldest when the oldest letter died, in milliseconds
 * @param deadThen how many had died when that was looked up
 */
record LetterFloor(long oldest, long deadThen) implements Change {

    @Override
    public void applyTo(Batch batch) {
        if (batch.totals().run().dead() == deadThen
                && oldest > batch.totals().letters().floor()) {
            batch.letters().raiseFloor(oldest);
            batch.keepTotals();
        }
    }
}
