package io.cloudland.callback.store.rocksdb;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.Env;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.Priority;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * An open RocksDB with its families. A call after {@link #close} would end the whole JVM: the store sees to it that every
 * thread that uses it has ended before.
 */
final class Database implements AutoCloseable {

    private static final byte[] NOTHING = new byte[0];

    private final NativeOptions options;
    private final RocksDB rocks;
    private final List<ColumnFamilyHandle> handles;
    private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    private final ReadOptions reading = new ReadOptions();

    private Database(NativeOptions options, RocksDB rocks, List<ColumnFamilyHandle> handles) {
        this.options = options;
        this.rocks = rocks;
        this.handles = handles;
        Iterator<ColumnFamilyHandle> inOrder = handles.iterator();
        for (Family family : Family.values()) {
            families.put(family, inOrder.next());
        }
    }

    /** Opens what is there, or makes it. */
    static Database open(Path path, long maxBytes) throws RocksDBException {
        RocksDB.loadLibrary();
        // Compaction takes a core for half a second now and then: it may have what the event loops leave. Where that is
        // nothing, writes slow down until it has caught up. It holds for the whole process, a host's own RocksDB too.
        Env.getDefault().lowerThreadPoolCPUPriority(Priority.LOW);
        NativeOptions options = new NativeOptions(maxBytes);
        try {
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB rocks = RocksDB.open(options.database(), path.toString(), descriptors(path, options), handles);
            return new Database(options, rocks, handles);
        } catch (RocksDBException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    /** Ours in their order, then those a newer version may have added: RocksDB wants to hear of all. */
    private static List<ColumnFamilyDescriptor> descriptors(Path path, NativeOptions options) throws RocksDBException {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (Family family : Family.values()) {
            ColumnFamilyOptions settings = family == Family.LOG ? options.ofLog() : options.ofFamily(family.isQueue());
            descriptors.add(new ColumnFamilyDescriptor(family.nameBytes(), settings));
            known.add(new String(family.nameBytes(), StandardCharsets.UTF_8));
        }
        try (Options listing = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(listing, path.toString())) {
                if (!known.contains(new String(name, StandardCharsets.UTF_8))) {
                    descriptors.add(new ColumnFamilyDescriptor(name, options.ofFamily(false)));
                }
            }
        }
        return descriptors;
    }

    byte @Nullable [] get(Family family, byte[] key) throws RocksDBException {
        return rocks.get(handle(family), reading, key);
    }

    boolean has(Family family, byte[] key) throws RocksDBException {
        return rocks.get(handle(family), reading, key, NOTHING) != RocksDB.NOT_FOUND;
    }

    /** For a family whose keys lie below FF FF: a slot and a position do. */
    boolean isEmpty(Family family) throws RocksDBException {
        byte[] first = {0};
        try (Scan scan = scan(family, first, new byte[] {-1, -1}).first(first)) {
            return !scan.isValid();
        }
    }

    /** From a key, included, to a key, not included. */
    Scan scan(Family family, byte[] from, byte[] to) {
        return new Scan(from, to, bounds -> rocks.newIterator(handle(family), bounds));
    }

    /** The handle that a batch names the family by. */
    ColumnFamilyHandle handle(Family family) {
        ColumnFamilyHandle handle = families.get(family);
        if (handle == null) {
            throw new IllegalStateException("no family " + family);
        }
        return handle;
    }

    void write(WriteBatch batch, boolean sync) throws RocksDBException {
        rocks.write(options.write(sync), batch);
    }

    /** Forces onto the disk whatever has been written so far. */
    void sync() throws RocksDBException {
        rocks.syncWal();
    }

    /** Gives the room of what was deleted back to the disk. Takes its time: for a thread of its own. */
    void reclaim() throws RocksDBException {
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(true)) {
            rocks.flush(flush, handles);
        }
        for (Family family : Family.values()) {
            if (family.isQueue() || family == Family.SEEN) {
                rocks.compactRange(handle(family));
            }
        }
    }

    /**
     * Gives the room of a deleted range back to the disk: whole files at once.
     *
     * @param all also what lies in memory and in files that hold more than that range; takes its time
     */
    void reclaimRange(Family family, byte[] from, byte[] to, boolean all) throws RocksDBException {
        if (all) {
            try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
                rocks.flush(flush, handle(family));
            }
        }
        rocks.deleteFilesInRanges(handle(family), List.of(from, to), false);
        if (all) {
            rocks.compactRange(handle(family), from, to);
        }
    }

    /** Makes a {@link #reclaim} that is under way end early; nothing but {@link #close} may follow. */
    void stopBackgroundWork() {
        rocks.cancelAllBackgroundWork(false);
    }

    @Override
    public void close() {
        reading.close();
        handles.forEach(ColumnFamilyHandle::close);
        rocks.close();
        options.close();
    }
}
