package io.cloudland.callback.cluster;

import io.cloudland.callback.time.HomeContext;
import io.cloudland.callback.time.Timers;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/** A node with its leases, that can freeze and be cut off, and whose work on slots that it loses ends when the test says so. */
final class NodeUnderTest implements LeaseTable, Timers {

    final SlotLeases leases;
    final List<BitSet> told = new ArrayList<>();
    Future<?> rest = Future.succeededFuture();
    private final FakeLeaseTable table;
    private final VirtualTimers time;
    private final Queue<Runnable> late = new ArrayDeque<>();
    private boolean cutOff;
    private boolean frozen;
    private boolean freezesAtNextQuestion;
    private boolean losesAnswerToClaim;
    private boolean failsToRelease;

    NodeUnderTest(NodeId node, Duration lease, int slots, FakeLeaseTable table, VirtualTimers time) {
        this.table = table;
        this.time = time;
        // The test's thread has no context, and that is everybody's home here.
        this.leases = new SlotLeases(node, lease, slots, this, this, time, new HomeContext(null));
    }

    NodeUnderTest start() {
        told.add(leases.join().result());
        leases.start(slots -> {
            told.add(slots);
            return rest;
        });
        return this;
    }

    BitSet owned() {
        return told.get(told.size() - 1);
    }

    /** Whether what it writes for the slot takes effect. */
    boolean canWrite(int slot) {
        return leases.tokenOf(slot) == table.tokenOf(slot);
    }

    /** Its questions fail from now on, and change nothing. */
    void cutOff(boolean isCutOff) {
        cutOff = isCutOff;
    }

    /** Nothing of it runs from now on. */
    void freeze() {
        frozen = true;
    }

    /** Its next question is still carried out, then nothing of it runs. */
    void freezeAtNextQuestion() {
        freezesAtNextQuestion = true;
    }

    /** Its next claim is carried out, but it does not hear of it. */
    void loseAnswerToNextClaim() {
        losesAnswerToClaim = true;
    }

    /** Its next release fails, and changes nothing. */
    void failAtNextRelease() {
        failsToRelease = true;
    }

    /** What was due meanwhile runs now; an answer that was on its way first. */
    void thaw() {
        frozen = false;
        while (!late.isEmpty()) {
            late.remove().run();
        }
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable action) {
        return time.schedule(delay, () -> whenAwake(action));
    }

    private void whenAwake(Runnable action) {
        if (frozen) {
            late.add(action);
        } else {
            action.run();
        }
    }

    private <T> Future<T> ask(Supplier<Future<T>> question) {
        if (cutOff) {
            return Future.failedFuture("the table is away");
        }
        frozen |= freezesAtNextQuestion;
        freezesAtNextQuestion = false;
        Promise<T> answer = Promise.promise();
        question.get().onComplete(result -> whenAwake(() -> answer.handle(result)));
        return answer.future();
    }

    @Override
    public Future<Void> join(NodeId node, Duration lease) {
        return ask(() -> table.join(node, lease));
    }

    @Override
    public Future<LeaseView> beat(NodeId node, Duration lease) {
        return ask(() -> table.beat(node, lease));
    }

    @Override
    public Future<Map<Integer, Long>> claim(NodeId node, BitSet slots) {
        boolean lost = losesAnswerToClaim;
        losesAnswerToClaim = false;
        Future<Map<Integer, Long>> answer = ask(() -> table.claim(node, slots));
        return lost ? Future.failedFuture("the answer is lost") : answer;
    }

    @Override
    public Future<Void> release(NodeId node, BitSet slots) {
        boolean fails = failsToRelease;
        failsToRelease = false;
        return fails ? Future.failedFuture("the table is away") : ask(() -> table.release(node, slots));
    }

    @Override
    public Future<Void> leave(NodeId node) {
        return ask(() -> table.leave(node));
    }
}
