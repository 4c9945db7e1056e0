package io.cloudland.callback.cli.crash;

import io.cloudland.callback.receiver.Arrival;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * All that one look at an event shows: in an attempt at the receiver, or in a dead letter. Two looks at one event are equal.
 *
 * @param resource type and id, for example {@code instance/127}
 * @param mergedFrom the first of the older events that it stands for and that are not sent any more; 0 for none
 * @param mergedCount how many those are, as it says; 0 for none
 * @param digest of the body's bytes
 */
record Sighting(
        String id,
        String resource,
        String epoch,
        long sequence,
        String status,
        Optional<String> previousStatus,
        long mergedFrom,
        long mergedCount,
        String digest) {

    /** Empty where the event does not tell all of it, which no event of ours may do. */
    static Optional<Sighting> of(Arrival arrival, byte[] body) {
        boolean whole = arrival.webhookId().isPresent()
                && arrival.resource().isPresent()
                && arrival.epoch().isPresent()
                && arrival.sequence() > 0
                && arrival.status().isPresent();
        return whole
                ? Optional.of(new Sighting(
                        arrival.webhookId().get(),
                        arrival.resource().get(),
                        arrival.epoch().get(),
                        arrival.sequence(),
                        arrival.status().get(),
                        arrival.previousStatus(),
                        arrival.coalescedFrom(),
                        arrival.coalescedCount(),
                        digest(body)))
                : Optional.empty();
    }

    /** Reads a dead letter as the service lists it. */
    static Sighting ofDeadLetter(JsonObject letter) {
        return new Sighting(
                letter.getString("id"),
                letter.getString("resource"),
                letter.getString("epoch"),
                letter.getLong("sequence"),
                letter.getString("status"),
                Optional.ofNullable(letter.getString("previous_status")),
                letter.getLong("coalesced_from"),
                letter.getLong("coalesced_count"),
                digest(letter.getString("body").getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether it stands for this number of its resource's history, which is not sent any more. */
    boolean standsFor(long other) {
        return mergedFrom > 0 && mergedFrom <= other && other < sequence;
    }

    /** Whether what it says of those that it stands for fits together: all from the first one up to itself, or none. */
    boolean hasSoundRange() {
        return mergedFrom == 0
                ? mergedCount == 0
                : mergedFrom > 0 && mergedCount > 0 && mergedFrom + mergedCount == sequence;
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 16);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
