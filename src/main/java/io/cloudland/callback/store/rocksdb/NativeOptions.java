package io.cloudland.callback.store.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WriteOptions;

/**
 * How RocksDB is set up: memory outside the heap is bounded, and what is known to lose data is off.
 *
 * <p>Native objects are freed by hand, the last made first; {@link #close} comes after the database's.
 */
final class NativeOptions implements AutoCloseable {

    private static final long MIB = 1L << 20;
    private static final long BLOCK_CACHE_BYTES = 64 * MIB;
    private static final int FILTER_BITS = 10;
    /** Of so many entries in a row, so many deleted make the file be compacted. */
    private static final int DELETION_WINDOW = 16_384;

    private static final int DELETION_TRIGGER = 8_192;
    private static final double DELETION_RATIO = 0.5;

    private final Deque<AutoCloseable> made = new ArrayDeque<>();
    private final Cache cache;
    private final BloomFilter filter;
    private final TablePropertiesCollectorFactory compactOnDeletion;
    private final long maxBytes;
    private final DBOptions database;
    private final WriteOptions synced;
    private final WriteOptions unsynced;

    NativeOptions(long maxBytes) {
        this.maxBytes = maxBytes;
        this.cache = keep(new LRUCache(BLOCK_CACHE_BYTES));
        this.filter = keep(new BloomFilter(FILTER_BITS));
        this.compactOnDeletion = keep(TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(
                DELETION_WINDOW, DELETION_TRIGGER, DELETION_RATIO));
        this.database = keep(databaseOptions());
        this.synced = keep(new WriteOptions().setSync(true));
        this.unsynced = keep(new WriteOptions().setSync(false));
    }

    private DBOptions databaseOptions() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setRecycleLogFileNum(0) // Recycled logs lost data in recovery.
                .setWalBytesPerSync(0) // Can leave holes in the log.
                .setMaxTotalWalSize(within(maxBytes / 16, 16 * MIB, 256 * MIB))
                .setDbWriteBufferSize(within(maxBytes / 16, 16 * MIB, 128 * MIB))
                .setBytesPerSync(MIB)
                .setMaxBackgroundJobs(4)
                .setMaxOpenFiles(512)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(4 * MIB)
                .setKeepLogFileNum(3)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    /** @param queue whether its rows come and go */
    ColumnFamilyOptions ofFamily(boolean queue) {
        Options options = tables();
        options.setWriteBufferSize(within(maxBytes / 64, 4 * MIB, 64 * MIB));
        options.setMaxWriteBufferNumber(3);
        if (queue) {
            options.setTablePropertiesCollectorFactory(java.util.List.of(compactOnDeletion));
        }
        return keep(new ColumnFamilyOptions(options));
    }

    /** Small files that leave the first level soon: from there on whole files of the oldest can be deleted. */
    ColumnFamilyOptions ofLog() {
        Options options = tables();
        options.setWriteBufferSize(within(maxBytes / 256, MIB, 8 * MIB));
        options.setTargetFileSizeBase(within(maxBytes / 256, MIB, 8 * MIB));
        options.setLevel0FileNumCompactionTrigger(2);
        return keep(new ColumnFamilyOptions(options));
    }

    /** Made through {@link Options}: only there can the collector that notices deletions be set. */
    private Options tables() {
        Options options = keep(new Options());
        options.setTableFormatConfig(new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setFilterPolicy(filter)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setBlockSize(16 * 1024));
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
        return options;
    }

    private static long within(long value, long min, long max) {
        return Math.max(min, Math.min(max, value));
    }

    DBOptions database() {
        return database;
    }

    WriteOptions write(boolean sync) {
        return sync ? synced : unsynced;
    }

    private <T extends AutoCloseable> T keep(T object) {
        made.push(object);
        return object;
    }

    @Override
    public void close() {
        for (AutoCloseable object : made) {
            Natives.close(object);
        }
        made.clear();
    }
}
