package io.cloudland.callback.receiver;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts what arrived: unique, duplicate, out of order, missing, coalesced, rejected. Any thread may call it.
 *
 * <p>Memory is bounded. Ids are kept as 64-bit fingerprints: at least the last 4 million and at most 8 million of them, in
 * up to 128 MiB; a repetition after more events than that counts as unique. (Among 8 million ids the chance that any two
 * share a fingerprint is about one in 600,000.) The order of half a million resources is followed, at some 400 bytes each;
 * events of further ones count as {@code untracked}. A resource's entry grows only with the gaps in its sequence.
 */
public final class Account {

    static final int MAX_TRACKED = 500_000;

    private record Key(String resource, String epoch) {}

    private final SeenIds seen = new SeenIds();
    private final Map<Key, SequenceTrack> tracks = new HashMap<>();
    private final Set<String> resources = new HashSet<>();
    private final Set<String> epochs = new HashSet<>();
    private final int maxTracked;
    private long unique;
    private long duplicate;
    private long outOfOrder;
    private long missing;
    private long rejected;
    private long chainBreaks;
    private long untracked;
    private long coalesced;

    /** An empty account. */
    public Account() {
        this(MAX_TRACKED);
    }

    Account(int maxTracked) {
        this.maxTracked = maxTracked;
    }

    /** Takes note of an event that is answered 2xx. */
    public synchronized Verdict take(Arrival arrival) {
        if (arrival.webhookId().isPresent() && !seen.add(arrival.webhookId().get())) {
            duplicate++;
            knownTrack(arrival).ifPresent(track -> coalesce(track, arrival));
            return Verdict.DUPLICATE;
        }
        unique++;
        Optional<SequenceTrack> track = arrival.resource().flatMap(resource -> track(resource, arrival));
        return track.isPresent() ? place(track.get(), arrival) : Verdict.IN_ORDER;
    }

    private Optional<SequenceTrack> knownTrack(Arrival arrival) {
        return arrival.resource()
                .map(resource -> tracks.get(new Key(resource, arrival.epoch().orElse(""))));
    }

    /** Those that it stands for are not missing. */
    private void coalesce(SequenceTrack track, Arrival arrival) {
        if (arrival.coalescedFrom() > 0) {
            long missingBefore = track.missing();
            track.close(arrival.coalescedFrom(), arrival.sequence() - 1);
            coalesced += missingBefore - track.missing();
            missing -= missingBefore - track.missing();
        }
    }

    private Optional<SequenceTrack> track(String resource, Arrival arrival) {
        String epoch = arrival.epoch().orElse("");
        SequenceTrack known = tracks.get(new Key(resource, epoch));
        if (known != null) {
            return Optional.of(known);
        }
        if (tracks.size() >= maxTracked) {
            untracked++;
            return Optional.empty();
        }
        resources.add(resource);
        arrival.epoch().ifPresent(epochs::add);
        SequenceTrack fresh = new SequenceTrack();
        tracks.put(new Key(resource, epoch), fresh);
        return Optional.of(fresh);
    }

    private Verdict place(SequenceTrack track, Arrival arrival) {
        if (arrival.sequence() < 1) {
            return Verdict.IN_ORDER;
        }
        long missingBefore = track.missing();
        Verdict verdict = track.isBehind(arrival.sequence()) ? Verdict.OUT_OF_ORDER : Verdict.IN_ORDER;
        chainBreaks += track.take(arrival.sequence(), arrival.status(), arrival.previousStatus());
        missing += track.missing() - missingBefore;
        coalesce(track, arrival);
        outOfOrder += verdict == Verdict.OUT_OF_ORDER ? 1 : 0;
        return verdict;
    }

    /** Takes note of an event that is not answered 2xx. */
    public synchronized void reject() {
        rejected++;
    }

    /** Whether an event of that id was answered 2xx; ids long past may be forgotten. */
    public synchronized boolean hasTaken(String webhookId) {
        return seen.contains(webhookId);
    }

    /** How many events arrived, however they were answered. */
    public synchronized long received() {
        return unique + duplicate + rejected;
    }

    /** The counts of this moment. */
    public synchronized Report report() {
        return new Report(
                received(),
                unique,
                duplicate,
                outOfOrder,
                missing,
                rejected,
                chainBreaks,
                resources.size(),
                epochs.size(),
                untracked,
                coalesced);
    }

    /** Forgets everything. Sequences still count from 1 afterwards, so what came before shows as missing. */
    public synchronized void reset() {
        seen.clear();
        tracks.clear();
        resources.clear();
        epochs.clear();
        unique = duplicate = outOfOrder = missing = rejected = chainBreaks = untracked = coalesced = 0;
    }
}
