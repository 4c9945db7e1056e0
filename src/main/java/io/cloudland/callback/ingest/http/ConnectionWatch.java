package io.cloudland.callback.ingest.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds out of the bytes of one connection which commands the back end has executed: pairs each request with its answer, in
 * their order. Pure; confined to whoever feeds it.
 *
 * <p>A command is told as soon as the answer's status has passed: the back end writes it after it has executed the command, and
 * the rest may never come.
 */
final class ConnectionWatch {

    private final Consumer<Optional<byte[]>> executed;
    private final int mostBytes;
    private final CopyBudget budget;
    private final Deque<WatchedCall> open = new ArrayDeque<>();
    private final MessageReader requests = new MessageReader(new Requests());
    private final MessageReader answers = new MessageReader(new Answers());
    private boolean interim;

    /**
     * @param executed hears the body of each request whose command was executed, empty where it was too long to be copied
     * @param mostBytes how long a body may be to be copied
     */
    ConnectionWatch(Consumer<Optional<byte[]>> executed, int mostBytes, CopyBudget budget) {
        this.executed = executed;
        this.mostBytes = mostBytes;
        this.budget = budget;
    }

    /** The next bytes from the client. */
    void request(byte[] bytes) {
        requests.read(bytes);
    }

    /** The next bytes from the back end. */
    void answer(byte[] bytes) {
        answers.read(bytes);
    }

    /** Whether what passes cannot be read any more. */
    boolean isLost() {
        return requests.isLost() || answers.isLost();
    }

    /** Whether a command has gone to the back end and its answer is still to come. */
    boolean isAwaiting() {
        return !isLost() && open.stream().anyMatch(WatchedCall::isAwaited);
    }

    /** Whether a request has begun and not ended. */
    boolean isMidRequest() {
        return requests.isMidMessage();
    }

    /** Whether no request waits for its answer. */
    boolean isIdle() {
        return open.isEmpty() && !requests.isMidMessage();
    }

    /** Forgets what it holds. */
    void close() {
        open.forEach(WatchedCall::drop);
        open.clear();
        requests.lose();
        answers.lose();
    }

    private void conclude(WatchedCall call) {
        if (call.isExecuted()) {
            Optional<byte[]> body = call.body();
            call.drop();
            executed.accept(body);
        }
    }

    private final class Requests implements MessageReader.Listener {

        @Override
        public Framing head(MessageHead head) {
            Framing framing = Framing.ofRequest(head);
            if (framing.kind() != Framing.Kind.UNKNOWN) {
                open.addLast(new WatchedCall(head, mostBytes, budget));
            }
            return framing;
        }

        @Override
        public void body(byte[] bytes, int from, int to) {
            if (!open.isEmpty()) { // It may have been answered before it ended.
                open.getLast().body(bytes, from, to);
            }
        }

        @Override
        public void end() {
            if (!open.isEmpty()) {
                open.getLast().sent();
                conclude(open.getLast());
            }
        }
    }

    private final class Answers implements MessageReader.Listener {

        @Override
        public Framing head(MessageHead head) {
            Optional<Integer> status = head.status();
            if (status.isEmpty()) {
                return new Framing(Framing.Kind.UNKNOWN, 0);
            }
            interim = status.get() < 200 && status.get() != 101;
            return interim ? Framing.empty() : finalHead(head, status.get());
        }

        private Framing finalHead(MessageHead head, int status) {
            WatchedCall call = open.peekFirst();
            if (call == null) { // Such as 408 on a connection that was idle.
                return Framing.ofResponse(head, status, false);
            }
            call.answered(status);
            conclude(call);
            return Framing.ofResponse(head, status, call.toHead());
        }

        @Override
        public void body(byte[] bytes, int from, int to) {
            // Of no interest.
        }

        @Override
        public void end() {
            if (!interim) {
                answerPassed();
            }
        }

        private void answerPassed() {
            WatchedCall call = open.pollFirst();
            if (call != null) {
                call.drop();
            }
        }
    }
}
