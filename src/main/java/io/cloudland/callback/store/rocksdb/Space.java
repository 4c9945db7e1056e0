package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.time.TimeSource;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room on the disk: how much the store takes and how much is left. Measured once a second at most and after every
 * 16 MiB; events are refused before the disk is full, so that how deliveries end can always be written. Writer only.
 */
final class Space {

    private static final Logger log = LoggerFactory.getLogger("store");
    private static final long MIB = 1L << 20;
    private static final long MEASURE_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MEASURE_EVERY_BYTES = 16 * MIB;

    /** How many bytes the disk of the store has left. */
    @FunctionalInterface
    interface FreeBytes {
        long get() throws IOException;
    }

    private final Path path;
    private final long maxBytes;
    private final long reserveBytes;
    private final FreeBytes freeBytes;
    private final TimeSource time;
    private long measuredAt;
    private long sinceMeasured = MEASURE_EVERY_BYTES;
    private boolean overMaxBytes;
    private boolean tight;
    private String measured = "";
    private long looks;
    private Optional<String> problem = Optional.empty();

    /**
     * @param maxBytes how much the directory may take
     * @param reserveBytes how much is left free on the disk, for what must be written even then
     */
    Space(Path path, long maxBytes, long reserveBytes, FreeBytes freeBytes, TimeSource time) {
        this.path = path;
        this.maxBytes = maxBytes;
        this.reserveBytes = reserveBytes;
        this.freeBytes = freeBytes;
        this.time = time;
    }

    static FreeBytes ofDiskOf(Path path) {
        return () -> Files.getFileStore(path).getUsableSpace();
    }

    /** Notes that so many bytes were written. */
    void wrote(long bytes) {
        sinceMeasured += bytes;
    }

    /** Why no event can be kept at the moment; empty when there is room. */
    Optional<String> problem() {
        measureIfDue();
        return problem;
    }

    /** Whether it is time for what can be done without to give way: before events are refused. */
    boolean isTight() {
        measureIfDue();
        return tight;
    }

    /** What was measured last, for messages. */
    String describe() {
        return measured;
    }

    /** How often it was measured. */
    long looks() {
        return looks;
    }

    private void measureIfDue() {
        boolean due = sinceMeasured >= MEASURE_EVERY_BYTES || time.nanoTime() - measuredAt >= MEASURE_EVERY_NANOS;
        if (due) {
            measure();
        }
    }

    /** Whether the store itself is what takes too much, as of the last measurement. */
    boolean isOverMaxBytes() {
        return overMaxBytes;
    }

    private void measure() {
        measuredAt = time.nanoTime();
        sinceMeasured = 0;
        looks++;
        Optional<String> before = problem;
        try {
            problem = judge(taken(), freeBytes.get());
        } catch (IOException e) {
            log.warn(
                    "The room left for the store in {} cannot be measured: {}; events are taken as before",
                    path,
                    e.toString());
        }
        tell(before);
    }

    private Optional<String> judge(long taken, long free) {
        overMaxBytes = taken >= maxBytes;
        tight = taken >= maxBytes - maxBytes / 8 || free < reserveBytes + reserveBytes / 2;
        measured = "the store takes " + taken / MIB + " of " + maxBytes / MIB + " MiB, the disk has " + free / MIB
                + " MiB left";
        if (overMaxBytes) {
            return Optional.of("the store takes " + taken / MIB + " MiB and callback.store.max_bytes allows "
                    + maxBytes / MIB + " MiB");
        }
        return free < reserveBytes
                ? Optional.of("the disk has " + free / MIB + " MiB left and " + reserveBytes / MIB
                        + " MiB are held back for how deliveries end")
                : Optional.empty();
    }

    private void tell(Optional<String> before) {
        if (before.isEmpty() && problem.isPresent()) {
            log.warn("The store in {} is full: {}; commands are refused until there is room", path, problem.get());
        } else if (before.isPresent() && problem.isEmpty()) {
            log.info("The store in {} has room again; commands are taken", path);
        }
    }

    private long taken() throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                bytes += sizeOf(file);
            }
        }
        return bytes;
    }

    /** Zero for a file that has just been deleted. */
    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }
}
