package io.cloudland.callback.config;

import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.TlsOptions.KeyFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Builds {@code [callback.ingest.http]} from checked settings. */
final class HttpIngestBuilder {

    private final Settings settings;

    private HttpIngestBuilder(Settings settings) {
        this.settings = settings;
    }

    /** Empty where no port is set. */
    static Optional<HttpIngestConfig> build(Settings settings) {
        return settings.find(HttpIngestOptions.PORT).map(new HttpIngestBuilder(settings)::config);
    }

    private HttpIngestConfig config(int port) {
        return new HttpIngestConfig(
                settings.get(HttpIngestOptions.HOST),
                port,
                settings.find(HttpIngestOptions.UPSTREAM),
                settings.find(HttpIngestOptions.TOKEN).orElse(List.of()),
                file(HttpIngestOptions.TLS_KEY_STORE, HttpIngestOptions.TLS_KEY_STORE_PASSWORD),
                file(HttpIngestOptions.TLS_TRUST_STORE, HttpIngestOptions.TLS_TRUST_STORE_PASSWORD),
                settings.get(HttpIngestOptions.MAX_BODY_BYTES),
                settings.get(HttpIngestOptions.MAX_BATCH),
                settings.get(HttpIngestOptions.REQUEST_TIMEOUT),
                settings.get(HttpIngestOptions.IDLE_TIMEOUT),
                unacceptedFile(),
                settings.get(HttpIngestOptions.UNACCEPTED_MAX_BYTES));
    }

    private Optional<KeyFile> file(Option<String> path, Option<Secret> password) {
        return settings.find(path)
                .map(name -> ConnectionRules.keyFile(settings, Path.of(name), settings.find(password)));
    }

    private Path unacceptedFile() {
        return settings.find(HttpIngestOptions.UNACCEPTED_FILE)
                .map(Path::of)
                .orElseGet(() -> Path.of("data", settings.get(Options.PREFIX), "unaccepted.ndjson"));
    }
}
