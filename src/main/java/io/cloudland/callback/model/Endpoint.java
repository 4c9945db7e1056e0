package io.cloudland.callback.model;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A registered receiver of callbacks.
 *
 * @param url absolute, http or https
 * @param format the name of the payload format, for example {@code resource-change}
 * @param apiKey sent as {@code X-PS-API-Key} where set
 * @param timeout one deadline over connect, send and the whole response
 * @param retries when, how often and after which answers it is tried again
 * @param maxInFlight how many attempts may be under way at once, over all workers
 * @param tlsInsecureSkipVerify whether the server's certificate goes unchecked; for a lab only
 * @param enabled whether it gets anything; where it does not, nothing new is owed to it and what is pending stays
 * @param filter which events it wants
 * @param headers sent with every request beside our own; any of them may be a secret
 * @param secrets every request is signed with each of them; none are signed where there is none
 * @param connection how its connections are made
 * @param flow how much it is given, and what happens while it fails
 */
public record Endpoint(
        String name,
        URI url,
        String format,
        Optional<Secret> apiKey,
        Duration timeout,
        RetrySettings retries,
        int maxInFlight,
        boolean tlsInsecureSkipVerify,
        boolean enabled,
        EventFilter filter,
        Map<String, Secret> headers,
        List<SigningSecret> secrets,
        ConnectionOptions connection,
        FlowSettings flow) {

    public Endpoint {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        secrets = List.copyOf(secrets);
    }

    /** An endpoint that wants every event unsigned, is retried as the specification has it and is reached the default way. */
    public Endpoint(
            String name,
            URI url,
            String format,
            Optional<Secret> apiKey,
            Duration timeout,
            int retryMax,
            Duration retryInterval,
            int maxInFlight,
            boolean tlsInsecureSkipVerify) {
        this(
                name,
                url,
                format,
                apiKey,
                timeout,
                RetrySettings.fixed(retryMax, retryInterval),
                maxInFlight,
                tlsInsecureSkipVerify,
                true,
                EventFilter.EVERYTHING,
                Map.of(),
                List.of(),
                ConnectionOptions.DEFAULT,
                FlowSettings.UNLIMITED);
    }

    /** Whether deliveries go to both in the same way: they may differ in which events are owed, and in the secrets. */
    public boolean isServedLike(Endpoint other) {
        return withSecrets(List.of())
                .withFilter(EventFilter.EVERYTHING)
                .equals(other.withSecrets(List.of()).withFilter(EventFilter.EVERYTHING));
    }

    /** The same endpoint with other secrets. */
    public Endpoint withSecrets(List<SigningSecret> newSecrets) {
        return with(filter, newSecrets);
    }

    /** The same endpoint with another filter. */
    public Endpoint withFilter(EventFilter newFilter) {
        return with(newFilter, secrets);
    }

    private Endpoint with(EventFilter newFilter, List<SigningSecret> newSecrets) {
        return new Endpoint(
                name,
                url,
                format,
                apiKey,
                timeout,
                retries,
                maxInFlight,
                tlsInsecureSkipVerify,
                enabled,
                newFilter,
                headers,
                newSecrets,
                connection,
                flow);
    }
}
