package io.cloudland.callback.config;

import io.cloudland.callback.model.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The validated configuration: what the {@code [callback]} section, the environment and the host said, checked.
 *
 * @param enabled whether commands become events at the start
 * @param prefix starts every event bus address, so that two services can live in one host
 * @param workers how many delivery verticles run
 * @param queueSize how many deliveries may be open before commands are refused
 * @param shutdownTimeout how long a stop may take to bring in what is under way
 * @param region named in events where set
 * @param endpoints the receivers
 * @param commands commands registered beside the built-in ones, by name
 */
public record CallbackConfig(
        boolean enabled,
        String prefix,
        int workers,
        int queueSize,
        Duration shutdownTimeout,
        Optional<String> region,
        List<Endpoint> endpoints,
        StoreConfig store,
        LookupConfig lookup,
        IngestConfig ingest,
        AdminConfig admin,
        Map<String, CommandConfig> commands) {}
