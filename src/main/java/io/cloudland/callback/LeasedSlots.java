package io.cloudland.callback;

import io.cloudland.callback.cluster.NodeId;
import io.cloudland.callback.cluster.SlotLeases;
import io.cloudland.callback.cluster.SlotOwner;
import io.cloudland.callback.config.StoreConfig;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.postgresql.PostgresLeaseTable;
import io.cloudland.callback.store.postgresql.PostgresSettings;
import io.cloudland.callback.time.HomeContext;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.BitSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The slots that this service leases, among all that share its PostgreSQL. */
final class LeasedSlots implements NodeSlots {

    /** A question that takes longer is asked anew: within a lease there must be time for several. */
    private static final int QUESTIONS_PER_LEASE = 4;

    private final PostgresLeaseTable table;
    private final SlotLeases leases;
    private boolean joining;

    LeasedSlots(Vertx vertx, StoreConfig.PostgreSql config, PostgresSettings settings, TimeSource time) {
        Duration limit = config.lease().dividedBy(QUESTIONS_PER_LEASE);
        this.table = new PostgresLeaseTable(vertx, settings, limit);
        this.leases = new SlotLeases(
                new NodeId(config.node(), UUID.randomUUID().toString()),
                config.lease(),
                ResourceRef.SLOTS,
                table,
                new VertxTimers(vertx),
                time,
                new HomeContext(vertx.getOrCreateContext()));
    }

    /** Under which token this node writes how deliveries of a slot ended. Any thread. */
    long tokenOf(int slot) {
        return leases.tokenOf(slot);
    }

    @Override
    public Future<BitSet> join() {
        joining = true;
        return leases.join();
    }

    @Override
    public void start(SlotOwner owner) {
        leases.start(owner);
    }

    @Override
    public BooleanSupplier isLive() {
        return leases::isLive;
    }

    @Override
    public Future<Void> leave() {
        Future<Void> left = joining ? leases.leave() : Future.succeededFuture();
        return left.transform(done -> table.close());
    }
}
