package io.cloudland.callback.ingest.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.ingest.CommandAdmission;
import io.cloudland.callback.time.HomeContext;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServerOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes commands by HTTP: as the tap that they are sent to or, with an upstream, as the proxy that they pass through. */
public final class HttpIngestVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger("ingest");

    /**
     * Where and how it listens.
     *
     * @param host an address or a name of this machine
     * @param tls sets what TLS needs, or nothing
     */
    public record Listen(String host, int port, Consumer<NetServerOptions> tls) {}

    /**
     * What the proxy needs besides.
     *
     * @param host of the back end
     * @param port of the back end
     * @param unaccepted the file for commands that were executed and not taken in
     * @param unacceptedMaxBytes how long it may grow
     */
    public record Upstream(String host, int port, Path unaccepted, long unacceptedMaxBytes) {}

    private final Listen listen;
    private final Optional<Upstream> upstream;
    private final TapSettings settings;
    private final TokenCheck tokens;
    private final CommandAdmission admission;
    private final HttpIngestCounts counts;
    private final TimeSource time;
    private final Timers timers;
    private Supplier<Future<Void>> stop = Future::succeededFuture;
    private @Nullable Integer port;

    /** @param upstream the back end; empty for the tap */
    public HttpIngestVerticle(
            Listen listen,
            Optional<Upstream> upstream,
            TapSettings settings,
            TokenCheck tokens,
            CommandAdmission admission,
            HttpIngestCounts counts,
            TimeSource time,
            Timers timers) {
        this.listen = listen;
        this.upstream = upstream;
        this.settings = settings;
        this.tokens = tokens;
        this.admission = admission;
        this.counts = counts;
        this.time = time;
        this.timers = timers;
    }

    @Override
    public Future<?> start() {
        return upstream.map(this::startProxy)
                .orElseGet(this::startTap)
                .onSuccess(actual -> port = actual)
                .recover(failure -> Future.failedFuture(new CallbackException(
                        ErrorCode.CONFIG_INVALID,
                        "callback.ingest.http cannot listen on " + listen.host() + ":" + listen.port() + ": "
                                + failure.getMessage(),
                        failure)));
    }

    private Future<Integer> startTap() {
        HttpServerOptions options = new HttpServerOptions();
        listen(options);
        HttpTap tap = new HttpTap(vertx, options, admission, tokens, settings, new HomeContext(context), timers);
        stop = tap::stop;
        return tap.start().onSuccess(actual -> log.info("takes commands by HTTP on {}:{}", listen.host(), actual));
    }

    private Future<Integer> startProxy(Upstream to) {
        NetServerOptions options = new NetServerOptions();
        listen(options);
        ProxyIngest proxy = new ProxyIngest(
                vertx, new HomeContext(context), options, to, settings.maxBodyBytes(), admission, counts, time, timers);
        stop = proxy::stop;
        return proxy.start()
                .onSuccess(actual -> log.info(
                        "stands before the back end at {}:{} on {}:{}", to.host(), to.port(), listen.host(), actual));
    }

    private void listen(NetServerOptions options) {
        options.setHost(listen.host()).setPort(listen.port());
        listen.tls().accept(options);
    }

    /** The port that it listens on, once it is deployed. */
    public int port() {
        if (port == null) {
            throw new IllegalStateException("HttpIngestVerticle is not started");
        }
        return port;
    }

    @Override
    public Future<?> stop() {
        return stop.get();
    }
}
