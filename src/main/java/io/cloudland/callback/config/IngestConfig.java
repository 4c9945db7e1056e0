package io.cloudland.callback.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code [callback.ingest]}.
 *
 * @param address the event bus address that takes commands
 * @param dedupWindow how long the id of a command is remembered; zero for not at all
 * @param http what takes commands by HTTP; empty where nothing does
 * @param tcp the TCP bridge; empty where there is none
 */
public record IngestConfig(
        String address, Duration dedupWindow, Optional<HttpIngestConfig> http, Optional<TcpIngestConfig> tcp) {

    /** The same without its tokens, which can change while the service runs. */
    public IngestConfig withoutTokens() {
        return new IngestConfig(address, dedupWindow, http.map(config -> config.withTokens(List.of())), tcp);
    }
}
