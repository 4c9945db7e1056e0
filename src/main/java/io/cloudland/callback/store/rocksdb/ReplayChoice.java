package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.store.Replayed;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Which dead letters a replay takes, and what it leaves and why. One thread at a time. */
final class ReplayChoice implements BiPredicate<DeadKey, DeadLetter> {

    private final Predicate<String> endpoints;
    private final Map<String, Long> unknownEndpoints = new TreeMap<>();
    private long unreadable;

    /** @param endpoints which are delivered to */
    ReplayChoice(Predicate<String> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public boolean test(DeadKey key, DeadLetter letter) {
        if (Unreadable.isStandIn(letter.delivery())) {
            unreadable++;
            return false;
        }
        String endpoint = letter.delivery().endpoint();
        boolean known = endpoints.test(endpoint);
        if (!known) {
            unknownEndpoints.merge(endpoint, 1L, Long::sum);
        }
        return known;
    }

    Replayed result(LetterChunk.Done done) {
        return new Replayed(done.count(), unreadable, unknownEndpoints, done.stopped());
    }
}
