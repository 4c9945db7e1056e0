package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import org.rocksdb.RocksDBException;

/** Something that a caller wants written. Made by the caller, everything else by the writer. */
@FunctionalInterface
interface Change {

    /**
     * Reads what it needs, then puts its writes into the batch. May run again, on another batch: where one behind it failed half
     * made, or the batch could not be written.
     *
     * @throws CallbackException when it is refused; it has put nothing then
     */
    void applyTo(Batch batch) throws RocksDBException;

    /** The batch is written. */
    default void committed(Answers answers) {}

    /** It was refused, or the batch could not be written. */
    default void failed(CallbackException failure, Answers answers) {}

    /** Whether it is tried again for as long as the store cannot write, instead of failing. */
    default boolean isKeptUntilWritten() {
        return false;
    }
}
