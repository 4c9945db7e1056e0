package io.cloudland.callback.config;

import io.cloudland.callback.model.Retention;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;

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
                new IngestConfig(
                        settings.get(Options.INGEST_ADDRESS),
                        settings.get(Options.INGEST_DEDUP_WINDOW),
                        HttpIngestBuilder.build(settings),
                        tcpIngest()),
                admin(),
                commands(commands));
    }

    private StoreConfig store() {
        return switch (settings.get(Options.STORE_TYPE)) {
            case "rocksdb" ->
                new StoreConfig.RocksDb(
                        retention(),
                        Path.of(settings.get(Options.STORE_PATH)),
                        settings.get(Options.STORE_SYNC),
                        settings.get(Options.STORE_MAX_BYTES));
            case "postgresql" ->
                new StoreConfig.PostgreSql(
                        retention(),
                        settings.get(Options.STORE_URI),
                        settings.find(Options.STORE_PASSWORD),
                        settings.get(Options.STORE_SCHEMA),
                        settings.get(Options.STORE_POOL_SIZE),
                        settings.get(Options.STORE_TIMEOUT),
                        settings.get(Options.STORE_POLL_INTERVAL),
                        settings.get(Options.STORE_WAIT_WHEN_AWAY),
                        settings.get(Options.STORE_NODE),
                        settings.get(Options.STORE_LEASE));
            default -> new StoreConfig.Memory(retention());
        };
    }

    private Retention retention() {
        return new Retention(
                settings.get(Options.MAX_DEAD_LETTERS),
                settings.get(Options.DEAD_LETTER_MAX_AGE),
                settings.get(Options.DEAD_LETTER_MAX_BYTES),
                settings.get(Options.LOG_MAX_AGE),
                settings.get(Options.LOG_MAX_BYTES));
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

    private Optional<TcpIngestConfig> tcpIngest() {
        return settings.find(Options.INGEST_TCP_LISTEN).map(listen -> {
            Optional<Matcher> loopback = ListenRule.loopback(listen);
            return new TcpIngestConfig(
                    ListenRule.socket(listen),
                    loopback.map(address -> address.group(1).replaceAll("[\\[\\]]", ""))
                            .orElse(""),
                    loopback.map(address -> Integer.parseInt(address.group(2))).orElse(0),
                    Math.toIntExact(settings.get(Options.INGEST_TCP_MAX_FRAME_BYTES)),
                    settings.get(Options.INGEST_TCP_IDLE_TIMEOUT),
                    settings.get(Options.INGEST_TCP_MAX_CONNECTIONS));
        });
    }

    private AdminConfig admin() {
        Optional<Path> socket = settings.find(Options.ADMIN_SOCKET)
                .filter(path -> !path.equals("off"))
                .map(Path::of);
        boolean named = !settings.origin(Options.ADMIN_SOCKET.path()).equals(Origin.DEFAULT);
        return new AdminConfig(socket, named && socket.isPresent());
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
