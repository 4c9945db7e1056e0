package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.event;
import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.store.EventStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FreshDeliveriesTest {

    private static final int ENDPOINT = 3;
    private static final int SLOT = 7;

    private final FreshDeliveries fresh = new FreshDeliveries(100, 1 << 20);

    private static FreshDeliveries.Opened opened(int slot, long position, int bodyBytes) {
        Payload payload = new Payload("application/json", new byte[bodyBytes]);
        return new FreshDeliveries.Opened(
                new DeliveryKey(ENDPOINT, slot, position),
                new Delivery(position, event(instance(1), "running", position), "default", payload, 0, Instant.EPOCH));
    }

    private static FreshDeliveries.Opened onDiskOnly(int slot, long position) {
        return new FreshDeliveries.Opened(new DeliveryKey(ENDPOINT, slot, position), null);
    }

    private void open(long... positions) {
        for (long position : positions) {
            fresh.add(List.of(opened(SLOT, position, 10)));
        }
    }

    private Optional<List<Long>> take(long after, int limit) {
        return positions(fresh.takeAfter(ENDPOINT, SLOT, after, limit));
    }

    private static Optional<List<Long>> positions(Optional<List<Delivery>> taken) {
        return taken.map(page -> page.stream().map(Delivery::position).toList());
    }

    @Test
    void whoever_keeps_up_finds_here_what_is_new_and_only_once() {
        open(101, 102);

        assertThat(take(100, 10)).contains(List.of(101L, 102L));
        assertThat(take(102, 10)).contains(List.of());
        open(105);
        assertThat(take(102, 10)).contains(List.of(105L));
        assertThat(fresh.size()).isZero();
    }

    @Test
    void what_was_there_before_and_what_was_taken_already_is_read_from_the_disk() {
        open(101, 102);

        assertThat(take(99, 10)).isEmpty();
        assertThat(take(100, 10)).isPresent();
        assertThat(take(100, 10)).as("once more").isEmpty();
        assertThat(take(101, 10)).as("the last of them once more").isEmpty();
    }

    @Test
    void a_page_ends_at_its_limit_and_the_rest_stays() {
        open(101, 102, 103);

        assertThat(take(100, 2)).contains(List.of(101L, 102L));
        assertThat(take(102, 2)).contains(List.of(103L));
    }

    @Test
    void a_page_ends_where_its_bodies_are_large() {
        fresh.add(List.of(opened(SLOT, 101, EventStore.PAGE_BYTES), opened(SLOT, 102, 1)));

        assertThat(take(100, 10)).contains(List.of(101L));
        assertThat(take(101, 10)).contains(List.of(102L));
    }

    @Test
    void what_was_read_from_the_disk_meanwhile_is_not_brought_again() {
        open(101, 102, 103);

        assertThat(take(102, 10)).contains(List.of(103L));
        assertThat(fresh.size()).isZero();
    }

    @Test
    void of_a_slot_that_nobody_reads_nothing_stays() {
        for (long position = 101; position <= 101 + FreshDeliveries.MOST_OF_SLOT; position++) {
            open(position);
        }

        assertThat(fresh.size()).isZero();
        assertThat(take(100, 10)).isEmpty();
        open(200);
        assertThat(take(101 + FreshDeliveries.MOST_OF_SLOT, 10)).contains(List.of(200L));
    }

    @Test
    void where_it_grows_too_large_the_slot_unread_for_longest_goes() {
        int third = (1 << 20) / 3;
        for (int slot = 1; slot <= 4; slot++) {
            fresh.add(List.of(opened(slot, 100 + slot, third - 2_000)));
        }

        assertThat(fresh.takeAfter(ENDPOINT, 1, 100, 10)).isEmpty();
        assertThat(positions(fresh.takeAfter(ENDPOINT, 2, 100, 10))).contains(List.of(102L));
        assertThat(positions(fresh.takeAfter(ENDPOINT, 4, 100, 10))).contains(List.of(104L));
    }

    @Test
    void what_was_taken_takes_no_room() {
        for (long position = 101; position <= 200; position++) {
            fresh.add(List.of(opened(SLOT, position, 1 << 18)));
            assertThat(take(position - 1, 10)).contains(List.of(position));
        }
    }

    @Test
    void one_that_is_on_the_disk_only_sends_its_readers_there() {
        open(101);
        fresh.add(List.of(onDiskOnly(SLOT, 102)));
        open(103);

        assertThat(take(100, 10)).isEmpty();
        assertThat(take(101, 10)).isEmpty();
        assertThat(take(102, 10)).contains(List.of(103L));
    }

    @Test
    void what_has_ended_before_it_was_taken_is_looked_for_on_the_disk() {
        open(101, 102);
        fresh.changed(List.of(new DeliveryKey(ENDPOINT, SLOT, 101)));
        assertThat(take(100, 10)).isEmpty();

        open(103);
        fresh.changed(List.of(new DeliveryKey(ENDPOINT, SLOT, 102)));
        assertThat(take(102, 10)).as("one that was taken long ago").contains(List.of(103L));
    }

    @Test
    void after_a_failed_write_everything_is_read_from_the_disk() {
        open(101);
        fresh.forgetAll(150);

        assertThat(take(100, 10)).isEmpty();
        assertThat(take(149, 10)).isEmpty();
        assertThat(take(150, 10)).contains(List.of());
    }

    /** The disk is a map of all that is open; whatever is answered from here must be what lies there. */
    @RepeatedTest(50)
    void it_answers_what_the_disk_would_or_not_at_all() {
        Random random = new Random();
        FreshDeliveries small = new FreshDeliveries(0, 60_000);
        List<TreeMap<Long, Delivery>> disk = List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        long[] readUpTo = new long[disk.size()];
        int answeredHere = 0;
        for (long position = 1; position <= 2_000; position++) {
            int slot = random.nextInt(disk.size());
            TreeMap<Long, Delivery> ofSlot = disk.get(slot);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    FreshDeliveries.Opened one = opened(slot, position, random.nextInt(4_000));
                    ofSlot.put(position, one.delivery());
                    small.add(List.of(random.nextInt(20) == 0 ? onDiskOnly(slot, position) : one));
                }
                case 3 -> {
                    Long some = ofSlot.ceilingKey(random.nextLong(position));
                    if (some != null) {
                        ofSlot.remove(some);
                        small.changed(List.of(new DeliveryKey(ENDPOINT, slot, some)));
                    }
                }
                default -> {
                    long after = random.nextInt(10) == 0 ? random.nextLong(position) : readUpTo[slot];
                    int limit = 1 + random.nextInt(10);
                    List<Delivery> lying =
                            new ArrayList<>(ofSlot.tailMap(after, false).values());
                    List<Delivery> page = lying.subList(0, Math.min(limit, lying.size()));
                    Optional<List<Delivery>> taken = small.takeAfter(ENDPOINT, slot, after, limit);
                    answeredHere += taken.isPresent() ? 1 : 0;
                    assertThat(taken.orElse(page)).isEqualTo(page);
                    readUpTo[slot] =
                            page.isEmpty() ? after : page.get(page.size() - 1).position();
                }
            }
        }
        assertThat(answeredHere).isPositive();
    }
}
