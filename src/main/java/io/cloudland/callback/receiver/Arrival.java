package io.cloudland.callback.receiver;

import java.util.Optional;

/**
 * What one event tells about its place: all that the account needs of it.
 *
 * @param webhookId its name for life; without it every event counts as unique
 * @param resource type and id, for example {@code instance/127}
 * @param epoch within which sequences count
 * @param sequence its number in its resource's history, 1 or more; 0 where it tells none
 * @param coalescedFrom the first of the older events that it stands for and that are not sent any more; 0 for none
 * @param coalescedCount how many those are; 0 for none
 */
public record Arrival(
        Optional<String> webhookId,
        Optional<String> resource,
        Optional<String> epoch,
        long sequence,
        Optional<String> status,
        Optional<String> previousStatus,
        long coalescedFrom,
        long coalescedCount) {

    /** One that stands for itself alone. */
    public Arrival(
            Optional<String> webhookId,
            Optional<String> resource,
            Optional<String> epoch,
            long sequence,
            Optional<String> status,
            Optional<String> previousStatus) {
        this(webhookId, resource, epoch, sequence, status, previousStatus, 0, 0);
    }
}
