package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.ResourceRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The rows of the delivery log: all attempts of one commit, after a head that tells whether to read on. */
final class LogCodec {

    static final int MAX_TEXT = 256;
    private static final int VERSION = 1;

    /**
     * The head of a row.
     *
     * @param committedAt when it was written, in milliseconds; never less than in the row before
     * @param firstStarted when the first of its attempts started, in milliseconds
     * @param lastStarted when the last one did
     */
    record Head(long committedAt, long firstStarted, long lastStarted) {}

    private LogCodec() {}

    static byte[] entry(LoggedAttempt logged, int endpointId) {
        Encoder to = new Encoder(160)
                .putNumber(endpointId)
                .putText(logged.eventId())
                .putText(logged.resource().type().wireName())
                .putNumber(logged.resource().id())
                .putNumber(logged.sequence());
        AttemptCodec.put(to, cut(logged.attempt()));
        return to.putByte(codeOf(logged.became())).toBytes();
    }

    private static Attempt cut(Attempt attempt) {
        AttemptOutcome outcome = attempt.outcome();
        if (outcome instanceof AttemptOutcome.Answered answered
                && answered.excerpt().length() > MAX_TEXT) {
            outcome = new AttemptOutcome.Answered(answered.status(), cut(answered.excerpt()));
        } else if (outcome instanceof AttemptOutcome.Failed failed
                && failed.reason().length() > MAX_TEXT) {
            outcome = new AttemptOutcome.Failed(cut(failed.reason()));
        }
        return new Attempt(attempt.number(), attempt.startedAt(), attempt.took(), outcome);
    }

    /** Never in the middle of a character of two halves. */
    private static String cut(String text) {
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end);
    }

    private static int codeOf(DeliveryState became) {
        return switch (became) {
            case DELIVERED -> 0;
            case WAITING_FOR_RETRY -> 1;
            case DEAD -> 2;
            case COALESCED -> 3;
            default -> throw new IllegalArgumentException("no attempt ends as " + became);
        };
    }

    private static DeliveryState ofCode(int code) {
        return switch (code) {
            case 0 -> DeliveryState.DELIVERED;
            case 1 -> DeliveryState.WAITING_FOR_RETRY;
            case 2 -> DeliveryState.DEAD;
            case 3 -> DeliveryState.COALESCED;
            default -> throw new IllegalArgumentException("an attempt has the unknown end " + code);
        };
    }

    /** @param entries one after the other */
    static byte[] row(Head head, int count, byte[] entries) {
        return new Encoder(32 + entries.length)
                .putByte(VERSION)
                .putNumber(head.committedAt())
                .putNumber(head.firstStarted())
                .putNumber(head.lastStarted())
                .putNumber(count)
                .putRaw(entries)
                .toBytes();
    }

    static Head head(byte[] row) {
        return head(Decoder.ofVersion(row, VERSION));
    }

    private static Head head(Decoder from) {
        return new Head(from.getNumber(), from.getNumber(), from.getNumber());
    }

    /** In the order in which they were noted. */
    static List<LoggedAttempt> decode(byte[] row, IntFunction<String> endpoints) {
        Decoder from = Decoder.ofVersion(row, VERSION);
        head(from);
        int count = from.getSmallNumber();
        List<LoggedAttempt> attempts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            attempts.add(getEntry(from, endpoints));
        }
        from.end();
        return attempts;
    }

    private static LoggedAttempt getEntry(Decoder from, IntFunction<String> endpoints) {
        String endpoint = endpoints.apply(from.getSmallNumber());
        String eventId = from.getText();
        ResourceRef resource = EventCodec.getResource(from);
        return new LoggedAttempt(
                eventId, endpoint, resource, from.getNumber(), AttemptCodec.get(from), ofCode(from.getByte()));
    }
}
