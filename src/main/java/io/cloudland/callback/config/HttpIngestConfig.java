package io.cloudland.callback.config;

import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.TlsOptions.KeyFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code [callback.ingest.http]}.
 *
 * @param upstream the back end that calls go through to; empty where commands are sent to us
 * @param tokens one of these must be shown; none: nothing must
 * @param key our certificate and key; empty for no TLS
 * @param clients the authorities of senders, who must show a certificate then
 * @param maxBodyBytes how long the body of a request may be
 * @param maxBatch how many commands one request may hold
 * @param requestTimeout how long a request may take to come in
 * @param idleTimeout how long a connection may stay without the head of a request
 * @param unacceptedFile keeps commands that were executed and not taken in
 * @param unacceptedMaxBytes how long that file may grow
 */
public record HttpIngestConfig(
        String host,
        int port,
        Optional<URI> upstream,
        List<Secret> tokens,
        Optional<KeyFile> key,
        Optional<KeyFile> clients,
        int maxBodyBytes,
        int maxBatch,
        Duration requestTimeout,
        Duration idleTimeout,
        Path unacceptedFile,
        long unacceptedMaxBytes) {

    /** The same with these tokens, which can change while the service runs. */
    public HttpIngestConfig withTokens(List<Secret> changed) {
        return new HttpIngestConfig(
                host,
                port,
                upstream,
                changed,
                key,
                clients,
                maxBodyBytes,
                maxBatch,
                requestTimeout,
                idleTimeout,
                unacceptedFile,
                unacceptedMaxBytes);
    }
}
