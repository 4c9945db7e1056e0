package io.cloudland.callback.model;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A registered receiver of callbacks.
 *
 * @param url absolute, http or https
 * @param format the name of the payload format, for example {@code resource-change}
 * @param apiKey sent as {@code X-PS-API-Key} where set
 * @param timeout one deadline over connect, send and the whole response
 * @param retryMax how many retries follow the first attempt
 * @param retryInterval the pause before each retry
 * @param maxInFlight how many attempts may be under way at once, over all workers
 * @param tlsInsecureSkipVerify whether the server's certificate goes unchecked; for a lab only
 * @param connection how its connections are made
 */
public record Endpoint(
        String name,
        URI url,
        String format,
        Optional<Secret> apiKey,
        Duration timeout,
        int retryMax,
        Duration retryInterval,
        int maxInFlight,
        boolean tlsInsecureSkipVerify,
        ConnectionOptions connection) {

    /** An endpoint whose connections are made the default way. */
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
                retryMax,
                retryInterval,
                maxInFlight,
                tlsInsecureSkipVerify,
                ConnectionOptions.DEFAULT);
    }
}
