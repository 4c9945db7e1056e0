package io.cloudland.callback.ingest.http;

import io.cloudland.callback.ingest.CommandAdmission;
import io.cloudland.callback.time.HomeContext;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.cloudland.callback.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The proxy with the loop that it runs on, and what takes in at home the commands that it has read. Confined to the context of
 * its verticle, which is home.
 */
final class ProxyIngest {

    /** Half a minute of 1,000 commands a second would fill the heap of a small service; these are some seconds. */
    private static final Handover.Limit HANDED_OVER = new Handover.Limit(10_000, 16L << 20);

    private final Vertx vertx;
    private final HomeContext home;
    private final NetServerOptions listen;
    private final HttpIngestVerticle.Upstream to;
    private final int maxBodyBytes;
    private final HttpIngestCounts counts;
    private final UnacceptedFile file;
    private final UnacceptedAlarm alarm;
    private final ProxiedCommands commands;
    private final TimeSource time;
    private @Nullable ProxyLoop loop;
    private @Nullable Passing passing;

    /** What runs on the loop. */
    private record Passing(BackEndProxy proxy, Handover toHome) {}

    ProxyIngest(
            Vertx vertx,
            HomeContext home,
            NetServerOptions listen,
            HttpIngestVerticle.Upstream to,
            int maxBodyBytes,
            CommandAdmission admission,
            HttpIngestCounts counts,
            TimeSource time,
            Timers timers) {
        this.vertx = vertx;
        this.home = home;
        this.listen = listen;
        this.to = to;
        this.maxBodyBytes = maxBodyBytes;
        this.counts = counts;
        this.time = time;
        this.file = new UnacceptedFile(vertx, to.unaccepted(), to.unacceptedMaxBytes());
        this.alarm = new UnacceptedAlarm(counts, to.unaccepted(), time);
        this.commands = new ProxiedCommands(admission, file, alarm, counts, home, time, timers);
    }

    /** Completes with the port that it listens on; where it fails, nothing of it is left. */
    Future<Integer> start() {
        return home.bring(ProxyLoop.open(vertx))
                .onSuccess(opened -> loop = opened)
                .compose(opened -> home.bring(opened.call(this::pass)))
                .onSuccess(started -> passing = started)
                .map(started -> started.proxy().port())
                .recover(failure -> release().transform(released -> Future.failedFuture(failure)));
    }

    /** Runs on the loop. */
    private Future<Passing> pass(Vertx own) {
        Timers ownTimers = new VertxTimers(own);
        Handover toHome = new Handover(home, HANDED_OVER, time, ownTimers, commands::executed, this::overflow);
        BackEndProxy proxy = new BackEndProxy(
                own,
                listen,
                SocketAddress.inetSocketAddress(to.port(), to.host()),
                maxBodyBytes,
                toHome::put,
                counts,
                ownTimers);
        return proxy.start().map(new Passing(proxy, toHome));
    }

    /** Runs on the loop. */
    private void overflow() {
        counts.commandExecuted();
        alarm.lost("so many wait already that the service is too slow or hangs");
    }

    /** First the calls under way end, then what they have handed over is taken in or kept, then all else. */
    Future<Void> stop() {
        ProxyLoop opened = loop;
        Passing ending = passing;
        Future<Void> passed = opened == null || ending == null
                ? Future.succeededFuture()
                : home.bring(opened.call(own -> ending.proxy().stop()))
                        .eventually(() ->
                                home.bring(opened.call(own -> ending.toHome().flush())));
        // What the loop handed over stands before its end in the line at home.
        return passed.eventually(commands::close).eventually(this::release);
    }

    private Future<Void> release() {
        ProxyLoop opened = loop;
        return file.close().eventually(() -> opened == null ? Future.succeededFuture() : home.bring(opened.close()));
    }
}
