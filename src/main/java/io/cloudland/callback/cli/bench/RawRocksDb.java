package io.cloudland.callback.cli.bench;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The library alone, as the measure of what the store may cost: one writer thread, group commit, and for every event what
 * cannot be left out: the resource's last state is read, the event and the new state are written, as bytes made beforehand,
 * and in a life cycle a later group deletes the event again. It decides nothing, encodes nothing and counts nothing.
 */
final class RawRocksDb implements AutoCloseable {

    static {
        RocksDB.loadLibrary(); // The first of its objects is a cache, which does not load it.
    }

    private static final int EVENT_BYTES = 1_000;
    private static final int STATE_BYTES = 300;
    private static final int MOST_IN_A_BATCH = 1_024;
    private static final int VALUES = 1_024;
    private static final long CACHE_BYTES = 64L << 20; // As much as the store has.
    private static final int FILTER_BITS = 10;

    private final StoreLoad.Kind kind;
    private final int producers;
    private final int resources;
    private final WriteOptions write;
    private final Cache cache = new LRUCache(CACHE_BYTES);
    private final BloomFilter filter = new BloomFilter(FILTER_BITS);
    private final ColumnFamilyOptions tables;
    private final Context context;
    private final RocksDB rocks;
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final BlockingQueue<Long> queue = new LinkedBlockingQueue<>();
    private final byte[][] events = values(EVENT_BYTES);
    private final byte[][] states = values(STATE_BYTES);
    private final SplittableRandom random = new SplittableRandom(1);
    private long position;
    private long done;
    private int running;
    private long endAt;
    private Promise<Void> ended = Promise.promise();
    private final Thread writer = new Thread(this::work, "raw-writer");

    RawRocksDb(Vertx vertx, Path directory, boolean sync, StoreLoad.Kind kind, int producers, int resources)
            throws RocksDBException {
        RocksDB.loadLibrary();
        this.kind = kind;
        this.producers = producers;
        this.resources = resources;
        this.context = vertx.getOrCreateContext();
        this.write = new WriteOptions().setSync(sync);
        this.tables = new ColumnFamilyOptions()
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
        this.rocks = RocksDB.open(
                new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true),
                directory.toString(),
                List.of(
                        new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, tables),
                        new ColumnFamilyDescriptor("states".getBytes(StandardCharsets.UTF_8), tables)),
                families);
        writer.setDaemon(true);
        writer.start();
    }

    /** Gives every resource a last state. Before the first run. */
    void prepopulate() throws RocksDBException {
        try (WriteBatch writes = new WriteBatch()) {
            for (long resource = 0; resource < resources; resource++) {
                writes.put(families.get(1), key(resource), states[(int) (resource % VALUES)]);
                if (writes.count() == MOST_IN_A_BATCH || resource == resources - 1L) {
                    rocks.write(write, writes);
                    writes.clear();
                }
            }
        }
    }

    /** Events a second, each counted when its rows, and in a life cycle its end as well, are written. */
    double run(Duration duration) {
        long start = System.nanoTime();
        ended = Promise.promise();
        done = 0;
        endAt = start + duration.toNanos();
        context.runOnContext(ignored -> {
            running = producers;
            for (int i = 0; i < producers; i++) {
                next();
            }
        });
        ended.future().toCompletionStage().toCompletableFuture().join();
        return done / ((System.nanoTime() - start) / 1e9);
    }

    /** Nothing may be under way. */
    @Override
    public void close() {
        writer.interrupt();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // The handles stay open: a writer may still use them.
        }
        families.forEach(ColumnFamilyHandle::close);
        rocks.close();
        write.close();
        tables.close();
        filter.close();
        cache.close();
    }

    private void next() {
        if (System.nanoTime() < endAt) {
            queue.add(position++);
        } else if (--running == 0) {
            ended.complete();
        }
    }

    private void work() {
        List<Long> batch = new ArrayList<>();
        List<Long> toEnd = new ArrayList<>();
        try (WriteBatch writes = new WriteBatch()) {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, MOST_IN_A_BATCH);
                commit(writes, batch, toEnd);
                toEnd.clear();
                if (kind == StoreLoad.Kind.LIFE) {
                    toEnd.addAll(batch); // A delivery's end rides in the next group.
                }
                int acknowledged = batch.size();
                batch.clear();
                context.runOnContext(ignored -> acknowledge(acknowledged));
            }
        } catch (RocksDBException e) {
            ended.tryFail(e);
        } catch (InterruptedException e) {
            ended.tryFail(e); // By close; the run has ended before.
        }
    }

    private void commit(WriteBatch writes, List<Long> batch, List<Long> toEnd) throws RocksDBException {
        writes.clear();
        for (long event : batch) {
            writes.put(families.get(0), key(event), events[(int) (event % VALUES)]);
            byte[] resource = key(random.nextLong(resources));
            rocks.get(families.get(1), resource); // As whoever decides a sequence must.
            writes.put(families.get(1), resource, states[(int) (event % VALUES)]);
        }
        for (long event : toEnd) {
            writes.singleDelete(families.get(0), key(event));
        }
        rocks.write(write, writes);
    }

    private void acknowledge(int events) {
        done += events;
        for (int i = 0; i < events; i++) {
            next();
        }
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** Half random, as JSON with ids in it is. */
    private static byte[][] values(int length) {
        SplittableRandom random = new SplittableRandom(2);
        byte[][] values = new byte[VALUES][length];
        for (byte[] value : values) {
            for (int i = 0; i < length; i += 2) {
                value[i] = (byte) ('a' + random.nextInt(16));
            }
        }
        return values;
    }
}
