package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Tries;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The row of a dead letter: version, where it was owed, the delivery's row as it was, the last attempt, the reason, the
 * times of the attempts, and in version 3 what it stands for. Version 1 had no times.
 */
final class DeadLetterCodec {

    private static final int VERSION = 2;
    private static final int WITHOUT_TIMES = 1;

    /** A row of one that stands for others; all others are written as they always were. */
    private static final int COALESCED = 3;

    private DeadLetterCodec() {}

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
                .putByte(delivery.coalesced().isNothing() ? VERSION : COALESCED)
                .putText(delivery.endpoint())
                .putNumber(delivery.position())
                .putNumber(delivery.attemptsMade())
                .putInstant(delivery.notBefore())
                .putBytes(deliveryRow);
        AttemptCodec.put(to, letter.lastAttempt());
        to.putText(letter.reason()).putInstant(letter.diedAt());
        AttemptCodec.putTimes(to, letter.attemptedAt());
        CoalescedCodec.put(to, delivery.coalesced());
        return to.toBytes();
    }

    static DeadLetter decode(byte[] row) {
        int version = new Decoder(row).getByte();
        boolean known = version == WITHOUT_TIMES || version == COALESCED;
        Decoder from = Decoder.ofVersion(row, known ? version : VERSION);
        Delivery delivery = getDelivery(from);
        Attempt last = AttemptCodec.get(from);
        String reason = from.getText();
        Instant diedAt = from.getInstant();
        List<Instant> times = version == WITHOUT_TIMES ? List.of(last.startedAt()) : AttemptCodec.getTimes(from);
        Delivery whole = delivery.withTries(new Tries(times, Optional.of(last)))
                .withCoalesced(CoalescedCodec.get(from, version == COALESCED));
        from.end();
        return new DeadLetter(whole, last, reason, diedAt, times);
    }

    private static Delivery getDelivery(Decoder from) {
        String endpoint = from.getText();
        long position = from.getNumber();
        int attemptsMade = from.getSmallNumber();
        Instant notBefore = from.getInstant();
        DeliveryCodec.Row row = Unreadable.decodeOrStandIn(from.getBytes(), position);
        return new Delivery(position, row.event(), endpoint, row.payload(), attemptsMade, notBefore);
    }

    /** The delivery's row inside the letter's, byte for byte as it was while it was open. */
    static byte[] deliveryRow(byte[] row) {
        Decoder from = new Decoder(row).skip(1);
        from.getBytes();
        from.getNumber();
        from.getSmallNumber();
        from.getInstant();
        return from.getBytes();
    }

    static boolean standsForOthers(byte[] row) {
        return row[0] == COALESCED;
    }

    /** What is noted of the letter's delivery when it is owed again: no attempt, but what it stands for. */
    static RetryCodec.Row untried(byte[] row) {
        Delivery delivery = decode(row).delivery();
        return new RetryCodec.Row(0, delivery.event().recordedAt(), Tries.none(), delivery.coalesced());
    }

    /** False where the letter is surely not of that event, told without reading all of it: for walks over millions. */
    static boolean mayBeOf(Optional<String> eventId, byte[] row) {
        return eventId.isEmpty()
                || Unreadable.isStandIn(eventId.get())
                || DeliveryCodec.isOfEvent(deliveryRow(row), eventId.get().getBytes(StandardCharsets.UTF_8));
    }
}
