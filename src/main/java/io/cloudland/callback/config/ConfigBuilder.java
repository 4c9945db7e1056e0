package io.cloudland.callback.config;

import io.cloudland.callback.model.Endpoint;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Builds the configuration from checked settings. */
final class ConfigBuilder {

    private final Settings settings;

    private ConfigBuilder(Settings settings) {
        this.settings = settings;
    }

    static CallbackConfig build(Settings settings, Collection<String> commands) {
        return new ConfigBuilder(settings).config(commands);
    }

    private CallbackConfig config(Collection<String> commands) {
        return new CallbackConfig(
                settings.get(Options.ENABLED),
                settings.get(Options.PREFIX),
                settings.get(Options.WORKERS),
                settings.get(Options.QUEUE_SIZE),
                settings.get(Options.SHUTDOWN_TIMEOUT),
                settings.find(Options.REGION),
                List.of(defaultEndpoint()),
                store(),
                lookup(),
                new IngestConfig(settings.get(Options.INGEST_ADDRESS)),
                commands(commands));
    }

    private Endpoint defaultEndpoint() {
        return new Endpoint(
                "default",
                settings.get(Options.URL),
                settings.get(Options.FORMAT),
                settings.find(Options.API_KEY),
                settings.get(Options.TIMEOUT),
                settings.get(Options.RETRY_MAX),
                settings.get(Options.RETRY_INTERVAL),
                settings.get(Options.MAX_IN_FLIGHT),
                settings.get(Options.TLS_INSECURE_SKIP_VERIFY),
                ConnectionRules.build(settings));
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
