package io.cloudland.callback.store.postgresql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;
import java.util.function.Predicate;

/** What waits for the writer, in the order of the calls. Thread-safe. */
final class ChangeQueue {

    /** So many appends may wait. */
    static final int MAX_APPENDS = 16_384;

    /** So many changes go into one transaction. */
    static final int MOST = 512;

    private final Deque<Change> waiting = new ArrayDeque<>();
    private int appends;
    private int alone;

    /** False when too many appends wait already. */
    synchronized boolean offer(Append append) {
        boolean room = appends < MAX_APPENDS;
        if (room) {
            submit(append);
        }
        return room;
    }

    synchronized void submit(Change change) {
        waiting.addLast(change);
        appends += change instanceof Append ? 1 : 0;
    }

    /** The next that can go into one transaction: a job alone, of the ends of one delivery the first. */
    synchronized List<Change> take() {
        List<Change> batch = new ArrayList<>();
        Set<End.Place> ended = new HashSet<>();
        int most = alone > 0 ? 1 : MOST;
        while (batch.size() < most && fits(batch, ended)) {
            Change next = waiting.removeFirst();
            appends -= next instanceof Append ? 1 : 0;
            batch.add(next);
        }
        alone = Math.max(0, alone - 1);
        return batch;
    }

    private boolean fits(List<Change> batch, Set<End.Place> ended) {
        Change next = waiting.peekFirst();
        if (next == null || (!batch.isEmpty() && isAlone(next, batch.get(0)))) {
            return false;
        }
        if (next.ends().stream().anyMatch(ended::contains)) {
            return false;
        }
        ended.addAll(next.ends());
        return true;
    }

    private static boolean isAlone(Change next, Change first) {
        return next instanceof Job || first instanceof Job;
    }

    /** Puts back what was taken, before everything else. */
    synchronized void putBack(List<Change> batch) {
        ListIterator<Change> last = batch.listIterator(batch.size());
        while (last.hasPrevious()) {
            Change change = last.previous();
            waiting.addFirst(change);
            appends += change instanceof Append ? 1 : 0;
        }
    }

    /** Puts back what was taken, to be taken one by one: one of them spoils it for the others. */
    synchronized void putBackAlone(List<Change> batch) {
        putBack(batch);
        alone = batch.size();
    }

    /** Takes out everything that does not wait any longer for the database to come back. */
    synchronized List<Change> takeImpatient(Predicate<Change> isOver) {
        List<Change> impatient = waiting.stream().filter(isOver).toList();
        if (!impatient.isEmpty()) {
            waiting.removeAll(Set.copyOf(impatient));
            appends = (int) waiting.stream().filter(Append.class::isInstance).count();
        }
        return impatient;
    }

    synchronized List<Change> takeAll() {
        List<Change> all = List.copyOf(waiting);
        waiting.clear();
        appends = 0;
        return all;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }
}
