package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.time.TimeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Does the same to every dead letter that matches, however many: finds the keys of a window of them, puts these in the
 * order of acceptance, and hands them to the writer chunk by chunk, each when the one before is written, so that nothing
 * else waits long and the heap holds one window of keys.
 */
final class LetterWalk {

    private static final int WINDOW = 65_536;
    private static final int CHUNK = 128;
    private static final int CHUNK_BYTES = 512 << 10;

    private final OpenStore store;
    private final Writer writer;
    private final Reader reader;
    private final TimeSource time;
    private final DeadLetterFilter filter;
    private final BiPredicate<DeadKey, DeadLetter> wanted;
    private final LetterChunk.Effect effect;
    private final Answer<LetterChunk.Done> answer = new Answer<>();
    private final long newestPosition;
    private List<LetterChunk.Found> window = List.of();
    private int taken;
    private long count;
    private @Nullable DeadKey last;
    private boolean atEnd;

    /** @param wanted asked once for each letter that matches: whether it is to be taken */
    LetterWalk(
            Rooms rooms,
            TimeSource time,
            DeadLetterFilter filter,
            BiPredicate<DeadKey, DeadLetter> wanted,
            LetterChunk.Effect effect) {
        this.store = rooms.store();
        this.writer = rooms.writer();
        this.reader = rooms.searcher();
        this.time = time;
        this.filter = filter;
        this.wanted = wanted;
        this.effect = effect;
        this.newestPosition = store.totals().get().lastPosition();
    }

    /** Sets off; the answer comes when all is done or something stopped it. */
    Answer<LetterChunk.Done> start() {
        nextWindow();
        return answer;
    }

    private void nextWindow() {
        reader.read("the dead letters", this::findWindow)
                .onSuccess(found -> nextChunk())
                .onFailure(answer::fail);
    }

    private boolean findWindow() throws RocksDBException {
        List<LetterChunk.Found> found = new ArrayList<>();
        atEnd = true;
        new DeadLetters(store)
                .visit(
                        filter,
                        last,
                        (key, letter) -> {
                            last = key;
                            if (key.position() <= newestPosition && wanted.test(key, letter)) {
                                found.add(new LetterChunk.Found(
                                        key,
                                        letter.resource().slot(),
                                        letter.delivery().payload().body().length));
                            }
                            atEnd = found.size() < WINDOW;
                            return atEnd;
                        },
                        Patience.endless(time, reader::isStopping));
        found.sort(Comparator.comparingLong(letter -> letter.key().position()));
        window = found;
        taken = 0;
        return true;
    }

    private void nextChunk() {
        if (taken == window.size()) {
            if (atEnd) {
                end(Optional.empty());
            } else {
                nextWindow();
            }
            return;
        }
        LetterChunk chunk = new LetterChunk(cut(), effect);
        writer.submit(chunk);
        chunk.answer().future().onSuccess(this::wrote).onFailure(this::failed);
    }

    private List<LetterChunk.Found> cut() {
        int from = taken;
        long bytes = 0;
        while (taken < window.size() && taken - from < CHUNK && bytes < CHUNK_BYTES) {
            bytes += window.get(taken).bodyBytes();
            taken++;
        }
        return window.subList(from, taken);
    }

    private void wrote(LetterChunk.Done done) {
        count += done.count();
        if (done.stopped().isPresent()) {
            end(done.stopped());
        } else {
            nextChunk();
        }
    }

    private void end(Optional<String> stopped) {
        long deadThen = store.totals().get().run().dead();
        reader.read("the oldest dead letter", () -> new DeadLetters(store).oldest())
                .onSuccess(oldest -> writer.submit(new LetterFloor(oldest, deadThen)));
        answer.succeed(new LetterChunk.Done(count, stopped));
    }

    private void failed(Throwable failure) {
        answer.fail(
                failure instanceof CallbackException ours
                        ? new CallbackException(
                                ours.code(), "stopped after " + count + " dead letters: " + ours.getMessage(), ours)
                        : failure);
    }
}
