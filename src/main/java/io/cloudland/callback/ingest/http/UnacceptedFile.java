package io.cloudland.callback.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keeps commands that were executed and not taken in, one JSON object a line, so that they can be sent again.
 *
 * <p>It is opened anew for every batch of lines: whoever repairs may move it away while the service runs. Lines that come while
 * a batch is written make the next one, which costs one sync. Confined to the context that made it; it writes on a thread of
 * its own.
 */
final class UnacceptedFile {

    /** Lines that wait for a disk that hangs; more would fill the heap. */
    private static final int MOST_WAITING = 10_000;

    private record Line(String text, Promise<Void> written) {}

    private final Path path;
    private final long maxBytes;
    private final WorkerExecutor writer;
    private List<Line> waiting = new ArrayList<>();
    private boolean writing;

    /** @param maxBytes how long the file may grow */
    UnacceptedFile(Vertx vertx, Path path, long maxBytes) {
        this.path = path;
        this.maxBytes = maxBytes;
        this.writer = vertx.createSharedWorkerExecutor("callback-unaccepted-" + path.toAbsolutePath(), 1);
    }

    Path path() {
        return path;
    }

    /** Keeps a line; completes when it is on the disk, and fails with an {@link IOException} where it cannot be kept. */
    Future<Void> keep(JsonObject line) {
        if (waiting.size() >= MOST_WAITING) {
            return Future.failedFuture(new IOException(MOST_WAITING + " lines wait already for " + path));
        }
        Promise<Void> written = Promise.promise();
        waiting.add(new Line(line.encode() + "\n", written));
        writeNext();
        return written.future();
    }

    private void writeNext() {
        if (writing || waiting.isEmpty()) {
            return;
        }
        List<Line> batch = waiting;
        waiting = new ArrayList<>();
        writing = true;
        writer.executeBlocking(() -> write(batch)).onComplete((kept, failure) -> {
            writing = false;
            writeNext();
            for (int i = 0; i < batch.size(); i++) {
                conclude(batch.get(i), failure != null ? failure : i < kept ? null : full());
            }
        });
    }

    private static void conclude(Line line, @org.jspecify.annotations.Nullable Throwable failure) {
        if (failure == null) {
            line.written().complete();
        } else {
            line.written().fail(failure);
        }
    }

    private IOException full() {
        return new IOException(path + " is full: it may have " + maxBytes + " bytes");
    }

    /** Writes as many as there is room for; returns how many. */
    private int write(List<Line> batch) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try (FileChannel file = open()) {
            long at = file.size();
            int kept = 0;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(endOfTornLine(file));
            for (Line line : batch) {
                byte[] encoded = line.text().getBytes(UTF_8);
                if (at + bytes.size() + encoded.length > maxBytes) {
                    break;
                }
                bytes.writeBytes(encoded);
                kept++;
            }
            writeAll(file, ByteBuffer.wrap(bytes.toByteArray()));
            return kept;
        }
    }

    private FileChannel open() throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileChannel file = posix
                ? FileChannel.open(
                        path,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(path, options);
        file.position(file.size());
        return file;
    }

    /** A crash amid a write leaves a line without its end; what follows must not become part of it. */
    private static byte[] endOfTornLine(FileChannel file) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        if (file.size() == 0 || file.read(last, file.size() - 1) < 1 || last.get(0) == '\n') {
            return new byte[0];
        }
        return new byte[] {'\n'};
    }

    private static void writeAll(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
    }

    Future<Void> close() {
        return writer.close();
    }
}
