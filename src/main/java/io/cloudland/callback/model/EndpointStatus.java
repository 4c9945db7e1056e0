package io.cloudland.callback.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether an endpoint is delivered to at this moment, and why not.
 *
 * @param since from when on it is so, where it is not simply active
 * @param until when it goes on by itself, or is tried next; empty where that takes a hand or nothing is held back
 * @param why in words; empty where there is nothing to say
 * @param consecutiveFailures how many attempts have failed since one succeeded, over all workers
 * @param probes how many deliveries were tried, and failed, since it was parked, or how often it was asked in vain
 */
public record EndpointStatus(
        String name,
        State state,
        Optional<Instant> since,
        Optional<Instant> until,
        String why,
        int consecutiveFailures,
        int probes) {

    /** What an endpoint's deliveries do. */
    public enum State {
        /** They go out. */
        ACTIVE,
        /** They wait for a time that the endpoint asked for, or for a resume by hand. */
        PAUSED,
        /** They wait until the endpoint takes one again; one at a time is tried. */
        PARKED,
        /** They wait because the endpoint said that it is gone. */
        STOPPED,
        /** They wait until the endpoint has agreed, in the handshake, to be sent them; it is asked again and again. */
        UNCONFIRMED,
        /** They wait because the configuration has it switched off. */
        DISABLED
    }

    /** One that nothing holds back. */
    public static EndpointStatus active(String name, int consecutiveFailures) {
        return new EndpointStatus(name, State.ACTIVE, Optional.empty(), Optional.empty(), "", consecutiveFailures, 0);
    }

    /** One that the configuration has switched off. */
    public static EndpointStatus disabled(String name) {
        return new EndpointStatus(
                name, State.DISABLED, Optional.empty(), Optional.empty(), "enabled = false in the configuration", 0, 0);
    }
}
