package io.cloudland.callback.cluster;

import io.cloudland.callback.time.HomeContext;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * This node's part of the slots: keeps its row alive, claims what nobody owns, lets go what is more than its share, and knows
 * when its time is up without asking anybody.
 *
 * <p>A node that was frozen or cut off rests from the moment its lease may have run out, until the table says that nobody has
 * taken its slots; what it still writes for a slot that was taken carries an old token and changes nothing. Confined to its home
 * context, but for {@link #tokenOf} and {@link #isLive}.
 */
public final class SlotLeases {

    /** No token: the table gives greater ones. */
    private static final long NONE = -1;

    private static final int BEATS_PER_LEASE = 4;

    /** What a node sent just before it rests has this part of the lease to arrive, before another node sends it anew. */
    private static final int RESTS_BEFORE_ITS_END = 8;

    /** Each takes up to a beat's time for the answer, and as long a pause. */
    private static final int JOIN_ATTEMPTS = 6;

    /** The lease counts from before the question: the table may have answered it at any time since. */
    private record Beat(LeaseView view, long sentNanos) {}

    private final NodeId node;
    private final Duration lease;
    private final int slots;
    private final LeaseTable table;
    private final Timers timers;
    private final TimeSource time;
    private final HomeContext home;
    private final LeaseLog log;
    private final BitSet owned = new BitSet();
    private final AtomicLongArray tokens;
    private SlotOwner owner = unused -> Future.succeededFuture();
    private Timers.Cancellable next = () -> {};
    private BitSet releasing = new BitSet();
    private Future<?> asked = Future.succeededFuture();
    private Future<?> rest = Future.succeededFuture();
    private volatile long liveUntilNanos;
    private boolean joinedBefore;
    private boolean closed;

    /**
     * The leases of one start of one node; nothing is asked yet.
     *
     * @param lease how long the others wait for this node before they take its slots
     * @param slots how many there are
     */
    public SlotLeases(
            NodeId node,
            Duration lease,
            int slots,
            LeaseTable table,
            Timers timers,
            TimeSource time,
            HomeContext home) {
        this.node = node;
        this.lease = lease;
        this.slots = slots;
        this.table = table;
        this.timers = timers;
        this.time = time;
        this.home = home;
        this.log = new LeaseLog(node, lease);
        this.tokens = new AtomicLongArray(slots);
        this.liveUntilNanos = time.nanoTime();
        IntStream.range(0, slots).forEach(slot -> tokens.set(slot, NONE));
    }

    /**
     * Becomes one of the nodes; completes with the slots there were to be had at once, often none. Fails where the table does not
     * answer for three leases.
     */
    public Future<BitSet> join() {
        return join(JOIN_ATTEMPTS).map(joined -> (BitSet) owned.clone());
    }

    /** The first questions find a cold machine, and perhaps a table that others just crowd. */
    private Future<Void> join(int attempts) {
        return beatOrRejoin()
                .recover(failure ->
                        attempts > 1 ? pause().compose(paused -> join(attempts - 1)) : Future.failedFuture(failure));
    }

    private Future<Void> pause() {
        Promise<Void> paused = Promise.promise();
        next = timers.schedule(lease.dividedBy(BEATS_PER_LEASE), () -> home.run(paused::complete));
        return paused.future();
    }

    /** Hands every change of the slots to {@code toOwner}, and keeps beating, from now on. */
    public void start(SlotOwner toOwner) {
        owner = toOwner;
        schedule();
    }

    private void schedule() {
        if (!closed) {
            next = timers.schedule(lease.dividedBy(BEATS_PER_LEASE), () -> home.run(this::tick));
        }
    }

    private void tick() {
        beatOrRejoin().onSuccess(done -> log.succeeded()).onFailure(log::failed).onComplete(done -> schedule());
    }

    private Future<Void> beatOrRejoin() {
        return beat().compose(view -> view.knows(node) ? share(view) : rejoin(view));
    }

    private Future<LeaseView> beat() {
        return ask(() -> {
                    long sentNanos = time.nanoTime();
                    return table.beat(node, lease).map(view -> new Beat(view, sentNanos));
                })
                .map(this::beaten);
    }

    private LeaseView beaten(Beat beat) {
        if (!closed && beat.view().knows(node)) {
            renewed(beat.view(), beat.sentNanos());
            log.nodes(beat.view().nodes());
        }
        return beat.view();
    }

    private void renewed(LeaseView view, long sentNanos) {
        boolean wasLive = isLive();
        liveUntilNanos =
                sentNanos + lease.minus(lease.dividedBy(RESTS_BEFORE_ITS_END)).toNanos();
        BitSet held = view.slotsOf(node);
        boolean lost = dropAllBut(held);
        held.andNot(releasing);
        boolean gained = takeAll(held, view);
        if (lost || gained || !wasLive) {
            tell();
        }
    }

    /**
     * Whether there are some among them that this node did not know to be its own: the table carried out a claim whose answer
     * was lost, or did not carry out a release.
     */
    private boolean takeAll(BitSet held, LeaseView view) {
        BitSet gained = (BitSet) held.clone();
        gained.andNot(owned);
        held.stream().forEach(slot -> take(slot, view.tokens().getOrDefault(slot, NONE)));
        if (!gained.isEmpty()) {
            log.took(gained.cardinality(), owned.cardinality());
        }
        return !gained.isEmpty();
    }

    private void take(int slot, long token) {
        owned.set(slot);
        tokens.set(slot, token);
    }

    /** Whether any was owned that is not among them. */
    private boolean dropAllBut(BitSet held) {
        BitSet lost = (BitSet) owned.clone();
        lost.andNot(held);
        lost.stream().forEach(slot -> tokens.set(slot, NONE));
        owned.andNot(lost);
        return !lost.isEmpty();
    }

    /**
     * Others took this node for dead. What it had is theirs by now; it starts with nothing, and not before its old work rests:
     * once it has joined it is live, and what still waited in its lanes would be sent behind what the new owner sends. Where its
     * name runs again, at once or by mistake, one of the two must stay out, or each would drive the other out for ever: the elder
     * does.
     */
    private Future<Void> rejoin(LeaseView view) {
        if (dropAllBut(new BitSet())) {
            log.buried();
            tell();
        }
        if (!rest.isComplete()) {
            return home.bring(rest).transform(rests -> beatOrRejoin());
        }
        if (joinedBefore && view.isReplaced(node)) {
            log.replaced();
            return Future.succeededFuture();
        }
        return ask(() -> table.join(node, lease)).compose(this::joined).compose(this::share);
    }

    private Future<LeaseView> joined(Void done) {
        joinedBefore = true;
        log.joined();
        return beat();
    }

    private Future<Void> share(LeaseView view) {
        if (closed || !view.knows(node)) {
            return Future.succeededFuture();
        }
        SlotShare share = SlotShare.of(node, view, slots);
        letGo(share.release());
        BitSet wanted = share.claim();
        wanted.andNot(
                releasing); // Where it was thought dead meanwhile these are free, and will be let go all the same.
        return wanted.isEmpty() ? Future.succeededFuture() : claim(wanted);
    }

    private Future<Void> claim(BitSet wanted) {
        return ask(() -> table.claim(node, wanted)).map(this::claimed);
    }

    private Void claimed(Map<Integer, Long> got) {
        if (!closed && !got.isEmpty()) {
            got.forEach(this::take);
            log.took(got.size(), owned.cardinality());
            tell();
        }
        return null;
    }

    /** The token stays until all is noted that was under way. One letting go at a time. */
    private void letGo(BitSet surplus) {
        if (surplus.isEmpty() || !releasing.isEmpty()) {
            return;
        }
        releasing = surplus;
        owned.andNot(surplus);
        home.bring(tell()).compose(rests -> release(surplus)).onComplete(done -> releasing = new BitSet());
    }

    private Future<Void> release(BitSet surplus) {
        surplus.stream().forEach(slot -> tokens.set(slot, NONE));
        return ask(() -> table.release(node, surplus))
                .onSuccess(released -> log.letGo(surplus.cardinality(), owned.cardinality()));
    }

    private Future<?> tell() {
        rest = owner.own((BitSet) owned.clone());
        return rest;
    }

    /** One question after the other: an old view that came late would give back what was let go meanwhile. */
    private <T> Future<T> ask(Supplier<Future<T>> question) {
        Future<T> answer = home.bring(asked.transform(before -> question.get()));
        asked = answer;
        return answer;
    }

    /** The fencing token under which this node works on a slot; a number that no slot ever has where it does not. Any thread. */
    public long tokenOf(int slot) {
        return tokens.get(slot);
    }

    /** Whether nobody can have taken this node's slots, nor will in a moment. Where not, nothing new may be started. Any thread. */
    public boolean isLive() {
        return liveUntilNanos - time.nanoTime() > 0;
    }

    /** Lets everything go, so that the others need not wait; to be called when nothing is under way any more. */
    public Future<Void> leave() {
        closed = true;
        next.cancel();
        owned.clear();
        return ask(() -> table.leave(node)).recover(failure -> {
            log.notLeft(failure);
            return Future.succeededFuture();
        });
    }
}
