package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.time.TimeSource;
import java.util.function.IntConsumer;

/**
 * What there is while the store is open.
 *
 * @param reader reads for the workers: short and always in time
 * @param searcher reads for operators: may take long
 */
record Rooms(
        OpenStore store,
        Writer writer,
        Reader reader,
        Reader searcher,
        Reclaimer reclaimer,
        Outcomes outcomes,
        Queries queries) {

    /** @param listener told, after a commit, of every slot that has something new */
    static Rooms of(OpenStore store, WriterSetting setting, Space space, IntConsumer listener, TimeSource time) {
        Reclaimer reclaimer = new Reclaimer(store.database(), time);
        Writer writer = new Writer(store, setting, space, reclaimer, listener, time);
        Reader reader = new Reader("callback-store-reader");
        return new Rooms(
                store,
                writer,
                reader,
                new Reader("callback-store-searcher"),
                reclaimer,
                new Outcomes(store, writer, setting.maxLogBytes() > 0, time),
                new Queries(store, reader, writer, time));
    }

    /** Whoever uses the database ends before it is closed. */
    void close() {
        reader.stop();
        searcher.stop();
        reclaimer.stop();
        store.database().close();
    }
}
