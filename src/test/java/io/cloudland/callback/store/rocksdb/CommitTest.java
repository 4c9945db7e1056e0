package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.DeliveryPlanner;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** A change that fails beside others in one group commit. */
class CommitTest {

    private static final long MAX_BYTES = 1L << 30;
    private static final byte[] HALF = {1};
    private static final DeliveryPlanner ONE = event -> List.of(new PlannedDelivery("default", payload("{}")));

    @TempDir
    private Path directory;

    private final VirtualTimers time = new VirtualTimers();
    private OpenStore store;
    private Space space;
    private Writer writer;

    @BeforeEach
    void open() throws RocksDBException {
        store = OpenStore.open(directory, MAX_BYTES, "epoch", Duration.ZERO);
        space = new Space(directory, MAX_BYTES, 0, () -> Long.MAX_VALUE, time);
        WriterSetting setting = new WriterSetting(Sync.ALWAYS, Retention.ofDeadLetters(10), MAX_BYTES, Duration.ZERO);
        Reclaimer reclaimer = new Reclaimer(store.database(), time);
        writer = new Writer(store, setting, space, reclaimer, slot -> {}, time);
    }

    @AfterEach
    void close() {
        store.database().close();
    }

    private Future<AppendResult> append(long resource, DeliveryPlanner planner) {
        Append append = new Append(
                change(instance(resource), "running"),
                AppendTerms.of(false),
                planner,
                new Admission(100, space),
                time.now(),
                time.now());
        writer.submit(append);
        return append.answer().future();
    }

    /** Puts one row of two, and then cannot read what it needs for the other. */
    private static void failHalfWay(Batch batch) throws RocksDBException {
        batch.put(Family.STATES, HALF, HALF);
        batch.setTotals(batch.totals().withEvent(batch.totals().lastPosition() + 1, 7));
        throw new RocksDBException("block checksum mismatch");
    }

    /** Writes all that has come in, on this thread. */
    private void write() {
        writer.stop();
        writer.run();
    }

    @Test
    void nothing_of_a_change_that_fails_half_way_is_written_and_what_came_before_and_after_it_is() throws Exception {
        Future<AppendResult> before = append(1, ONE);
        writer.submit(CommitTest::failHalfWay);
        Future<AppendResult> after = append(2, ONE);
        writer.submit(CommitTest::failHalfWay);
        write();

        assertThat(before.result()).isInstanceOf(AppendResult.Appended.class);
        assertThat(after.result()).isInstanceOf(AppendResult.Appended.class);
        assertThat(store.database().get(Family.STATES, HALF)).isNull();
        assertThat(store.totals().get().pending()).isEqualTo(2);
        assertThat(store.totals().get().lastPosition()).isEqualTo(2);
    }

    @Test
    void an_error_in_a_planner_refuses_that_one_event_and_the_others_are_kept() {
        Future<AppendResult> bad = append(1, event -> {
            throw new NoClassDefFoundError("host/Missing");
        });
        Future<AppendResult> good = append(2, ONE);
        write();

        assertThat(bad.cause())
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("INTERNAL")
                .hasMessageContaining("host/Missing");
        assertThat(good.result()).isInstanceOf(AppendResult.Appended.class);
    }

    @Test
    void who_still_waits_is_answered_when_the_writer_ends_by_a_defect() {
        List<Future<AppendResult>> behind = new ArrayList<>();
        writer.submit(new Change() {
            @Override
            public void applyTo(Batch batch) {}

            @Override
            public void committed(Answers answers) {
                behind.add(append(2, ONE)); // The writer never gets to it.
                throw new IllegalStateException("a defect of the writer");
            }
        });
        assertThatThrownBy(this::write).hasMessage("a defect of the writer");
        behind.add(append(3, ONE));

        assertThat(behind)
                .hasSize(2)
                .allSatisfy(late -> assertThat(late.cause()).hasMessageContaining("SHUTTING_DOWN"));
    }
}
