package io.cloudland.callback.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Builds the configuration from checked settings. */
final class ConfigBuilder {

    private final Settings settings;

    private final Collection<String> endpoints;

    private ConfigBuilder(Settings settings, Collection<String> endpoints) {
        this.settings = settings;
        this.endpoints = endpoints;
    }

    static CallbackConfig build(Settings settings, Collection<String> commands, Collection<String> endpoints) {
        return new ConfigBuilder(settings, endpoints).config(commands);
    }

    private CallbackConfig config(Collection<String> commands) {
        return new CallbackConfig(
                settings.get(Options.ENABLED),
                settings.get(Options.PREFIX),
                settings.get(Options.WORKERS),
                settings.get(Options.QUEUE_SIZE),
                settings.get(Options.SHUTDOWN_TIMEOUT),
                settings.find(Options.REGION),
                EndpointBuilder.all(settings, endpoints),
                store(),
                lookup(),
                new IngestConfig(settings.get(Options.INGEST_ADDRESS)),
                commands(commands));
    }

    private StoreConfig store() {
        int maxDeadLetters = settings.get(Options.MAX_DEAD_LETTERS);
        return switch (settings.get(Options.STORE_TYPE)) {
            case "rocksdb" ->
                new StoreConfig.RocksDb(
                        maxDeadLetters,
                        Path.of(settings.get(Options.STORE_PATH)),
                        settings.get(Options.STORE_SYNC),
                        settings.get(Options.STORE_MAX_BYTES));
            default -> new StoreConfig.Memory(maxDeadLetters);
        };
    }

    private LookupConfig lookup() {
        return switch (settings.get(Options.LOOKUP_TYPE)) {
            case "event-bus" ->
                new LookupConfig.EventBus(
                        settings.get(Options.LOOKUP_ADDRESS),
                        settings.get(Options.LOOKUP_TIMEOUT),
                        settings.get(Options.LOOKUP_RETRY_INTERVAL));
            case "postgresql" ->
                new LookupConfig.PostgreSql(
                        settings.get(Options.LOOKUP_URI),
                        settings.find(Options.LOOKUP_PASSWORD),
                        settings.get(Options.LOOKUP_POOL_SIZE),
                        settings.get(Options.LOOKUP_TIMEOUT),
                        settings.get(Options.LOOKUP_RETRY_INTERVAL));
            default -> new LookupConfig.Message();
        };
    }

    private Map<String, CommandConfig> commands(Collection<String> names) {
        Map<String, CommandConfig> commands = new TreeMap<>();
        names.forEach(name -> commands.put(name, command(name)));
        return Collections.unmodifiableMap(commands);
    }

    private CommandConfig command(String name) {
        Optional<Integer> statusArg = settings.find(Options.COMMAND_STATUS_ARG, name);
        return new CommandConfig(
                settings.find(Options.COMMAND_RESOURCE_TYPE, name).orElseThrow(),
                settings.find(Options.COMMAND_ACTION, name).orElseThrow(),
                settings.find(Options.COMMAND_ID_ARG, name).orElseThrow(),
                statusArg.map(OptionalInt::of).orElse(OptionalInt.empty()));
    }
}
