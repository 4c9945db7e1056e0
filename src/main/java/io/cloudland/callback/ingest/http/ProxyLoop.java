package io.cloudland.callback.ingest.http;

import io.cloudland.callback.time.HomeContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An event loop on which the proxy alone runs, in a small Vert.x of its own: on a loop that it shares a call would wait for
 * whatever runs there just now. Any thread.
 *
 * <p>Its threads are daemons, so that it keeps no process alive that forgets to close it.
 */
final class ProxyLoop {

    private static final String NAME = "callback-proxy";

    private final Vertx vertx;
    private final HomeContext home;

    private ProxyLoop(Vertx vertx, Context context) {
        this.vertx = vertx;
        this.home = new HomeContext(context);
    }

    /**
     * Starts one.
     *
     * @param host whose transport and name servers it uses, too
     * @return completes on any thread
     */
    static Future<ProxyLoop> open(Vertx host) {
        VertxOptions options = options((VertxInternal) host);
        Promise<ProxyLoop> opened = Promise.promise();
        // Not a thread of the host: Vert.x warns of another Vert.x that is made on one, and it may take a while.
        Thread opening = new Thread(() -> open(options, opened), NAME + "-opening");
        opening.setDaemon(true);
        opening.start();
        return opened.future();
    }

    private static VertxOptions options(VertxInternal host) {
        return new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setPreferNativeTransport(host.isNativeTransportEnabled())
                .setAddressResolverOptions(host.nameResolver().options())
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static void open(VertxOptions options, Promise<ProxyLoop> opened) {
        try {
            Vertx vertx = Vertx.vertx(options);
            Context context = vertx.getOrCreateContext();
            context.runOnContext(here -> {
                Thread.currentThread().setName(NAME);
                opened.complete(new ProxyLoop(vertx, context));
            });
        } catch (Exception | Error failure) {
            opened.fail(failure);
        }
    }

    /**
     * Does something on the loop.
     *
     * @param work gets the loop's Vert.x; what it makes with it belongs to the loop
     * @return completes on the loop, with a failure also where {@code work} throws
     */
    <T> Future<T> call(Function<Vertx, Future<T>> work) {
        Supplier<Future<T>> guarded = () -> Future.succeededFuture(vertx).compose(work);
        return home.call(guarded);
    }

    /** Ends its threads. Completes on any thread. */
    Future<Void> close() {
        return call(Vertx::close);
    }
}
