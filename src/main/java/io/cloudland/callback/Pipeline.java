package io.cloudland.callback;

import io.cloudland.callback.admin.AdminVerticle;
import io.cloudland.callback.cluster.NeighboursVerticle;
import io.cloudland.callback.config.CallbackConfig;
import io.cloudland.callback.config.StoreConfig;
import io.cloudland.callback.delivery.DeliveryVerticle;
import io.cloudland.callback.delivery.EndpointFlows;
import io.cloudland.callback.delivery.OwnedSlots;
import io.cloudland.callback.http.HttpAttemptSender;
import io.cloudland.callback.http.PayloadFormats;
import io.cloudland.callback.ingest.CommandAdmission;
import io.cloudland.callback.ingest.IngestVerticle;
import io.cloudland.callback.lookup.Lookups;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.observe.DeliveryLog;
import io.cloudland.callback.observe.FailureLog;
import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.registry.CommandDefinition;
import io.cloudland.callback.registry.CommandRegistry;
import io.cloudland.callback.registry.EndpointPlanner;
import io.cloudland.callback.registry.PayloadRenderer;
import io.cloudland.callback.registry.RegistryRules;
import io.cloudland.callback.registry.RegistryVerticle;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.StoreStats;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.cloudland.callback.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms of one service, wired: ingest → registry → store ← delivery. Starts them back to front, so that nothing is
 * accepted before it can be delivered. Made and used on the context of the {@link CallbackVerticle}.
 *
 * <p>The verticles are children of that one, so Vert.x stops them first, all at once; each waits for the one before it.
 */
final class Pipeline {

    private static final Logger log = LoggerFactory.getLogger("callback");

    private final Vertx vertx;
    private final CallbackConfig config;
    private final List<CommandDefinition> hostCommands;
    private final PayloadFormats formats;
    private final TimeSource time;
    private final Timers timers;
    private final EventStore store;
    private final NodeSlots slots;
    private final RegistryVerticle registry;
    private final CommandCounters commands = new CommandCounters();
    private final AtomicBoolean enabled;
    private final CommandAdmission admission;
    private final HttpIngest http;
    private final RunningService service;
    private final AddressClaim claim;
    private final EndpointSecrets secrets;
    private final EndpointFlows flows;
    private final Workers workers;
    private volatile CallbackConfig lastRead;

    Pipeline(
            Vertx vertx,
            CallbackConfig config,
            List<CommandDefinition> hostCommands,
            PayloadFormats formats,
            TimeSource time) {
        this.vertx = vertx;
        this.config = config;
        this.lastRead = config;
        this.hostCommands = hostCommands;
        this.formats = formats;
        this.time = time;
        this.timers = new VertxTimers(vertx);
        Stores stores = Stores.of(config, vertx, time);
        this.store = stores.store();
        this.slots = stores.slots();
        this.registry = new RegistryVerticle(
                rules(config),
                Lookups.of(config.lookup(), vertx, timers),
                store,
                config.queueSize(),
                registryStopLimit(config),
                timers,
                commands);
        this.flows = new EndpointFlows(
                Workers.enabled(config), time, () -> store.stats().pending());
        this.enabled = new AtomicBoolean(config.enabled());
        this.admission = new CommandAdmission(registry, enabled::get, time, commands);
        this.http = new HttpIngest(config.ingest());
        this.service = new RunningService(
                vertx,
                config.ingest().address(),
                store,
                new EndpointControl(() -> lastRead.endpoints(), flows),
                commands,
                http.counts(),
                enabled);
        this.secrets = new EndpointSecrets(config.endpoints());
        SafeListeners listeners = new SafeListeners(List.of(new DeliveryLog(), new FailureLog(time)));
        this.workers = new Workers(
                vertx, flows, (index, count, first, endpoints) -> worker(index, count, first, endpoints, listeners));
        this.claim = new AddressClaim(vertx, config.prefix(), config.ingest().address());
    }

    /** Half of what a stop may take: a command accepted in the last moment must still find the time to be delivered. */
    private static Duration registryStopLimit(CallbackConfig config) {
        return config.shutdownTimeout().dividedBy(2);
    }

    private RegistryRules rules(CallbackConfig from) {
        return new RegistryRules(commands(from), planner(from.endpoints()), from.region());
    }

    private CommandRegistry commands(CallbackConfig from) {
        CommandRegistry known = CommandRegistry.builtIn().withConfigured(from.commands());
        for (CommandDefinition definition : hostCommands) {
            known = known.with(definition);
        }
        return known;
    }

    private EndpointPlanner planner(List<Endpoint> endpoints) {
        Map<String, PayloadRenderer> renderers = endpoints.stream()
                .map(Endpoint::format)
                .distinct()
                .collect(Collectors.toMap(format -> format, format -> formats.byName(format)::render));
        return new EndpointPlanner(endpoints, renderers);
    }

    CallbackService service() {
        return service;
    }

    Future<Void> start() {
        return claim.take()
                .compose(taken -> store.open())
                .compose(opened -> slots.join())
                .compose(this::deployAll)
                .onSuccess(deployed -> share())
                .recover(failure -> giveBack().transform(given -> Future.failedFuture(failure)));
    }

    private void share() {
        if (config.store() instanceof StoreConfig.PostgreSql) {
            registry.takeOver();
        }
        slots.start(this::own);
    }

    /** Slots come from nodes that are gone, and so may commands. */
    private Future<?> own(BitSet nodesSlots) {
        registry.takeOver();
        return workers.own(nodesSlots);
    }

    private Future<Void> deployAll(BitSet first) {
        return vertx.deployVerticle(registry)
                .compose(deployed -> workers.deploy(config, first))
                .compose(deployed -> vertx.deployVerticle(
                        new IngestVerticle(admission, config.ingest().address())))
                .compose(deployed -> deployHttp())
                .compose(deployed -> deployTcpBridge())
                .compose(deployed -> deployNeighbours())
                .compose(deployed -> deployAdmin());
    }

    private Future<?> deployHttp() {
        return http.verticle(admission, time, timers)
                .<Future<?>>map(vertx::deployVerticle)
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> deployTcpBridge() {
        return config.ingest()
                .tcp()
                .map(tcp -> vertx.deployVerticle(
                                TcpBridge.of(tcp, admission, config.ingest().address(), vertx))
                        .<Void>mapEmpty())
                .orElseGet(Future::succeededFuture);
    }

    /** Only tells: delivery goes on without. */
    private Future<Void> deployNeighbours() {
        if (!vertx.isClustered()) {
            return Future.succeededFuture();
        }
        boolean shared = config.store() instanceof StoreConfig.PostgreSql;
        return vertx.deployVerticle(new NeighboursVerticle(
                        config.ingest().address(), config.store().type(), shared))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** Last, and not needed: what delivers must not fail for what only tells, unless the socket was asked for. */
    private Future<Void> deployAdmin() {
        return config.admin()
                .socket()
                .map(socket -> vertx.deployVerticle(new AdminVerticle(service, socket))
                        .<Void>mapEmpty()
                        .recover(this::withoutAdmin))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> withoutAdmin(Throwable failure) {
        if (config.admin().demanded()) {
            return Future.failedFuture(failure);
        }
        log.warn(
                "{}; the service runs without its control socket, and the command line cannot reach it. Set"
                        + " callback.admin.socket to a path that can be used, or to \"off\"",
                failure.getMessage());
        return Future.succeededFuture();
    }

    private DeliveryVerticle worker(
            int index, int count, BitSet first, List<Endpoint> endpoints, SafeListeners listeners) {
        return new DeliveryVerticle(
                new DeliveryVerticle.Worker(
                        index,
                        count,
                        new OwnedSlots(first, slots.isLive()),
                        config.shutdownTimeout(),
                        registry.drained()),
                endpoints,
                store,
                (endpoint, maxInFlight) -> new HttpAttemptSender(
                        vertx, endpoint, secrets.of(endpoint), maxInFlight, timers, time, slots.isLive()),
                flows,
                listeners,
                timers,
                time);
    }

    /** Takes over what can change while running, and says what waits for a restart. */
    void reconfigure(CallbackConfig changed) {
        CallbackConfig before = lastRead;
        lastRead = changed;
        if (changed.enabled() != before.enabled()) { // Else a switch by the host would be undone.
            service.setEnabled(changed.enabled());
        }
        flows.reconfigured(changedEndpoints(before, changed));
        if (!changed.commands().equals(before.commands()) || !changed.region().equals(before.region())) {
            log.info("The configured commands and the region are taken over");
        }
        List<String> resigned = secrets.use(changed.endpoints());
        if (!resigned.isEmpty()) {
            log.info("The signing secrets of {} are taken over, from the next attempt on", resigned);
        }
        http.use(before.ingest(), changed.ingest());
        registry.use(rules(changed));
        workers.use(changed);
        List<String> waiting = RestartNeeded.of(config, changed);
        if (!waiting.isEmpty()) {
            log.warn("{} changed in the configuration; that takes effect at the next start", waiting);
        }
    }

    private static List<String> changedEndpoints(CallbackConfig before, CallbackConfig after) {
        return after.endpoints().stream()
                .filter(endpoint -> !before.endpoints().contains(endpoint))
                .map(Endpoint::name)
                .toList();
    }

    /** After the verticles have stopped: gives back what they used, and tells how it ended. */
    Future<Void> stop() {
        admission.close();
        logStop(store.stats());
        return giveBack();
    }

    private Future<Void> giveBack() {
        return registry.closeLookup()
                .eventually(slots::leave)
                .eventually(store::close)
                .onComplete(closed -> claim.release());
    }

    private void logStop(StoreStats stats) {
        String account = "stopped: deliveries=" + stats.deliveries() + " delivered=" + stats.delivered() + " dead="
                + stats.dead() + " pending=" + stats.pending();
        if (stats.pending() + stats.dead() == 0 || store.durable()) {
            log.info(account);
        } else {
            log.warn("{}; the memory store forgets pending and dead ones now", account);
        }
    }
}
