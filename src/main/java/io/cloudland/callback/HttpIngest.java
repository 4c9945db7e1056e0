package io.cloudland.callback;

import io.cloudland.callback.config.HttpIngestConfig;
import io.cloudland.callback.config.IngestConfig;
import io.cloudland.callback.http.ServerTls;
import io.cloudland.callback.ingest.CommandAdmission;
import io.cloudland.callback.ingest.http.HttpIngestCounts;
import io.cloudland.callback.ingest.http.HttpIngestVerticle;
import io.cloudland.callback.ingest.http.TapSettings;
import io.cloudland.callback.ingest.http.TokenCheck;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Deployable;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What takes commands by HTTP in one service, where the configuration wants that. */
final class HttpIngest {

    private static final Logger log = LoggerFactory.getLogger("callback");

    private final Optional<HttpIngestConfig> config;
    private final TokenCheck tokens;
    private final HttpIngestCounts counts = new HttpIngestCounts();

    HttpIngest(IngestConfig config) {
        this.config = config.http();
        this.tokens = new TokenCheck(this.config.map(HttpIngestConfig::tokens).orElse(List.of()));
    }

    HttpIngestCounts counts() {
        return counts;
    }

    /** The verticle to deploy; empty where nothing is to take commands by HTTP. */
    Optional<Deployable> verticle(CommandAdmission admission, TimeSource time, Timers timers) {
        return config.map(http -> new HttpIngestVerticle(
                new HttpIngestVerticle.Listen(
                        http.host(), http.port(), options -> ServerTls.apply(http.key(), http.clients(), options)),
                http.upstream().map(to -> upstream(http, to.getHost().replaceAll("[\\[\\]]", ""), to.getPort())),
                new TapSettings(http.maxBodyBytes(), http.maxBatch(), http.requestTimeout(), http.idleTimeout()),
                tokens,
                admission,
                counts,
                time,
                timers));
    }

    private static HttpIngestVerticle.Upstream upstream(HttpIngestConfig http, String host, int port) {
        return new HttpIngestVerticle.Upstream(host, port, http.unacceptedFile(), http.unacceptedMaxBytes());
    }

    /** Takes over changed tokens; all else waits for a restart. */
    void use(IngestConfig before, IngestConfig changed) {
        List<?> old = before.http().map(HttpIngestConfig::tokens).orElse(List.of());
        changed.http()
                .map(HttpIngestConfig::tokens)
                .filter(now -> !now.equals(old))
                .ifPresent(now -> {
                    tokens.use(now);
                    log.info("The tokens of callback.ingest.http are taken over: {} in force", now.size());
                });
    }
}
