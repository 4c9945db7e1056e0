package io.cloudland.callback.delivery;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.http.HandshakeAnswer;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.HandshakeSettings;
import io.cloudland.callback.model.ResourceRef;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** An endpoint that answers when, and as, the test says. */
final class FakeSender implements AttemptSender {

    record Sent(Delivery delivery, int attemptNumber, Promise<AttemptOutcome> answer) {
        void answers(int status) {
            answer.complete(new AttemptOutcome.Answered(status, ""));
        }
    }

    final List<Sent> all = new ArrayList<>();
    final List<Promise<HandshakeAnswer>> handshakes = new ArrayList<>();
    private final List<Sent> unanswered = new ArrayList<>();
    private boolean closed;

    @Override
    public Future<AttemptOutcome> send(Delivery delivery, int attemptNumber, Instant startedAt) {
        Sent sent = new Sent(delivery, attemptNumber, Promise.promise());
        all.add(sent);
        unanswered.add(sent);
        return sent.answer().future();
    }

    @Override
    public Future<HandshakeAnswer> handshake(HandshakeSettings asked, Instant startedAt) {
        Promise<HandshakeAnswer> answer = Promise.promise();
        handshakes.add(answer);
        return answer.future();
    }

    /** The oldest attempt for that resource that was not taken by the test yet. */
    Sent take(ResourceRef resource) {
        Sent found = unanswered.stream()
                .filter(sent -> sent.delivery().resource().equals(resource))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no attempt under way for " + resource));
        unanswered.remove(found);
        return found;
    }

    /** The oldest attempt of all that was not taken by the test yet. */
    Sent takeAny() {
        return unanswered.remove(0);
    }

    /** The oldest of such attempts that was not taken by the test yet. */
    Sent takeAnyOf(Predicate<Sent> such) {
        Sent found = unanswered.stream().filter(such).findFirst().orElseThrow();
        unanswered.remove(found);
        return found;
    }

    int underWay() {
        return unanswered.size();
    }

    List<Long> sequencesSent(ResourceRef resource) {
        return all.stream()
                .filter(sent -> sent.delivery().resource().equals(resource))
                .map(sent -> sent.delivery().event().sequence())
                .toList();
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }

    boolean isClosed() {
        return closed;
    }
}
