package io.cloudland.callback.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;
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
 * @param secrets every request is signed with each of them; none are signed where there is none
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
        List<SigningSecret> secrets) {

    public Endpoint {
        secrets = List.copyOf(secrets);
    }

    /** An endpoint whose requests are not signed. */
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
                List.of());
    }

    /** The same endpoint with other secrets. */
    public Endpoint withSecrets(List<SigningSecret> newSecrets) {
        return new Endpoint(
                name,
                url,
                format,
                apiKey,
                timeout,
                retryMax,
                retryInterval,
                maxInFlight,
                tlsInsecureSkipVerify,
                newSecrets);
    }
}
