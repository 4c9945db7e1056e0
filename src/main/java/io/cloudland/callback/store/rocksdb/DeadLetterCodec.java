package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The row of a dead letter: version, where it was owed, the delivery's row as it was, the last attempt, the reason. */
final class DeadLetterCodec {

    private static final int VERSION = 1;
    private static final int ANSWERED = 0;
    private static final int TIMED_OUT = 1;
    private static final int FAILED = 2;

    private DeadLetterCodec() {}

    /** In order of death; two of one millisecond in order of acceptance. */
    static byte[] key(Instant diedAt, long position, int endpointId) {
        return new Encoder(20)
                .putLong(diedAt.toEpochMilli())
                .putLong(position)
                .putInt(endpointId)
                .toBytes();
    }

    static byte[] encode(DeadLetter letter) {
        Delivery delivery = letter.delivery();
        return encode(letter, DeliveryCodec.encode(delivery.event(), delivery.payload()));
    }

    /**
     * The row of a letter whose delivery cannot be read.
     *
     * @param deliveryRow kept as it is, so that nothing is lost
     */
    static byte[] encode(DeadLetter letter, byte[] deliveryRow) {
        Delivery delivery = letter.delivery();
        Encoder to = new Encoder(256 + deliveryRow.length)
                .putByte(VERSION)
                .putText(delivery.endpoint())
                .putNumber(delivery.position())
                .putNumber(delivery.attemptsMade())
                .putInstant(delivery.notBefore())
                .putBytes(deliveryRow);
        putAttempt(to, letter.lastAttempt());
        return to.putText(letter.reason()).putInstant(letter.diedAt()).toBytes();
    }

    static DeadLetter decode(byte[] row) {
        Decoder from = Decoder.ofVersion(row, VERSION);
        Delivery delivery = getDelivery(from);
        DeadLetter letter = new DeadLetter(delivery, getAttempt(from), from.getText(), from.getInstant(), List.of());
        from.end();
        return letter;
    }

    private static Delivery getDelivery(Decoder from) {
        String endpoint = from.getText();
        long position = from.getNumber();
        int attemptsMade = from.getSmallNumber();
        Instant notBefore = from.getInstant();
        DeliveryCodec.Row row = Unreadable.decodeOrStandIn(from.getBytes(), position);
        return new Delivery(position, row.event(), endpoint, row.payload(), attemptsMade, notBefore);
    }

    private static void putAttempt(Encoder to, Attempt attempt) {
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

    private static Attempt getAttempt(Decoder from) {
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
}
