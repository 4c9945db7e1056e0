package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Attempts and their times as bytes inside other rows. */
final class AttemptCodec {

    private static final int ANSWERED = 0;
    private static final int TIMED_OUT = 1;
    private static final int FAILED = 2;

    private AttemptCodec() {}

    static void put(Encoder to, Attempt attempt) {
        to.putNumber(attempt.number())
                .putInstant(attempt.startedAt())
                .putNumber(attempt.took().toNanos());
        AttemptOutcome outcome = attempt.outcome();
        if (outcome instanceof AttemptOutcome.Answered answered) {
            to.putByte(ANSWERED).putNumber(answered.status()).putText(answered.excerpt());
        } else if (outcome instanceof AttemptOutcome.TimedOut timedOut) {
            to.putByte(TIMED_OUT).putNumber(timedOut.deadline().toNanos());
        } else if (outcome instanceof AttemptOutcome.Failed failed) {
            to.putByte(FAILED).putText(failed.reason());
        }
    }

    static Attempt get(Decoder from) {
        return new Attempt(
                from.getSmallNumber(), from.getInstant(), Duration.ofNanos(from.getNumber()), getOutcome(from));
    }

    private static AttemptOutcome getOutcome(Decoder from) {
        int kind = from.getByte();
        return switch (kind) {
            case ANSWERED -> new AttemptOutcome.Answered(from.getSmallNumber(), from.getText());
            case TIMED_OUT -> new AttemptOutcome.TimedOut(Duration.ofNanos(from.getNumber()));
            case FAILED -> new AttemptOutcome.Failed(from.getText());
            default -> throw new IllegalArgumentException("an outcome has the unknown kind " + kind);
        };
    }

    /** To the millisecond, each as the distance from the one before: mostly two or three bytes. */
    static void putTimes(Encoder to, List<Instant> times) {
        to.putNumber(times.size());
        long before = 0;
        for (Instant time : times) {
            to.putNumber(time.toEpochMilli() - before);
            before = time.toEpochMilli();
        }
    }

    static List<Instant> getTimes(Decoder from) {
        int size = from.getSmallNumber();
        List<Instant> times = new ArrayList<>();
        long time = 0;
        for (int i = 0; i < size; i++) {
            time += from.getNumber();
            times.add(Instant.ofEpochMilli(time));
        }
        return times;
    }
}
