package io.cloudland.callback;

import io.cloudland.callback.store.StoreStats;
import io.vertx.core.json.JsonObject;

/**
 * The counts of a running service since its start.
 *
 * @param commandsAccepted commands that made at least one event
 * @param commandsIgnored commands that rightly made none
 * @param commandsRefused commands answered with an error code
 * @param kept resources of accepted commands whose events are made when the lookup answers; they survive a restart
 * @param keptRefused those of them that made no event after all; each stands in the log
 * @param unaccepted commands that the back end behind the proxy executed and that were not taken in
 * @param unacceptedLost those of them that could not be kept for repair either
 */
public record CallbackStats(
        boolean enabled,
        long commandsAccepted,
        long commandsIgnored,
        long commandsRefused,
        long kept,
        long keptRefused,
        long unaccepted,
        long unacceptedLost,
        StoreStats store) {

    /** The counts as flat JSON. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("enabled", enabled)
                .put("commands_accepted", commandsAccepted)
                .put("commands_ignored", commandsIgnored)
                .put("commands_refused", commandsRefused)
                .put("kept", kept)
                .put("kept_refused", keptRefused)
                .put("unaccepted", unaccepted)
                .put("unaccepted_lost", unacceptedLost)
                .put("events", store.events())
                .put("deliveries", store.deliveries())
                .put("delivered", store.delivered())
                .put("dead", store.dead())
                .put("coalesced", store.coalesced())
                .put("pending", store.pending())
                .put("capacity", store.capacity())
                .put("dead_kept", store.deadKept())
                .put("replayed", store.replayed())
                .put("purged", store.purged())
                .put("let_go", store.letGo())
                .put("log_dropped", store.logDropped());
    }
}
