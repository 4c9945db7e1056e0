package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.DeadLetter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest dead letters, and the count of all. Guarded by {@link Deliveries}. */
final class DeadLetters {

    private final int max;
    private final Deque<DeadLetter> newestFirst = new ArrayDeque<>();
    private long total;

    DeadLetters(int max) {
        this.max = max;
    }

    void add(DeadLetter letter) {
        newestFirst.addFirst(letter);
        total++;
        if (newestFirst.size() > max) {
            newestFirst.removeLast();
        }
    }

    List<DeadLetter> newest(int limit) {
        return newestFirst.stream().limit(limit).toList();
    }

    /** How many ever died, those let go included. */
    long total() {
        return total;
    }

    int kept() {
        return newestFirst.size();
    }
}
