package io.cloudland.callback.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.model.Tries;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is written is read back the same, and what is cut or changed is noticed or read, never a crash. */
class CodecPropertyTest {

    @Provide
    Arbitrary<Delivery> deliveries() {
        Arbitrary<byte[]> bodies = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        return Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(0),
                        events(),
                        Arbitraries.strings(),
                        Combinators.combine(Arbitraries.strings(), bodies, headers())
                                .as(Payload::new),
                        Arbitraries.integers().greaterOrEqual(0).lessOrEqual(1_000_000),
                        instants())
                .as(Delivery::new);
    }

    private static Arbitrary<Map<String, String>> headers() {
        return Arbitraries.maps(Arbitraries.strings(), Arbitraries.strings()).ofMaxSize(5);
    }

    private static Arbitrary<ResourceChangeEvent> events() {
        return Combinators.combine(
                        Arbitraries.strings().map(EventId::new),
                        changes(),
                        Arbitraries.strings().optional(),
                        Arbitraries.longs().greaterOrEqual(1),
                        Arbitraries.strings(),
                        instants())
                .as(ResourceChangeEvent::new);
    }

    private static Arbitrary<ResourceChange> changes() {
        Arbitrary<ResourceRef> resources = Combinators.combine(
                        Arbitraries.of(ResourceType.class), Arbitraries.longs().greaterOrEqual(1))
                .as(ResourceRef::new);
        Arbitrary<Tuple.Tuple3<String, String, String>> texts = Combinators.combine(
                        Arbitraries.strings(), Arbitraries.strings(), Arbitraries.strings())
                .as(Tuple::of);
        return Combinators.combine(
                        resources,
                        texts,
                        Arbitraries.of(Action.class),
                        instants(),
                        Arbitraries.strings().optional(),
                        Arbitraries.strings().optional(),
                        metadata())
                .as((resource, text, action, at, tenant, region, metadata) -> new ResourceChange(
                        resource, text.get1(), text.get2(), action, text.get3(), at, tenant, region, metadata));
    }

    private static Arbitrary<Map<String, Object>> metadata() {
        Arbitrary<Object> values = Arbitraries.oneOf(List.of(
                Arbitraries.strings().asGeneric(),
                Arbitraries.integers().asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.floats().asGeneric(),
                Arbitraries.bigIntegers()
                        .map(big -> big.multiply(BigInteger.TEN.pow(20)))
                        .asGeneric(),
                Arbitraries.bigDecimals().map(BigDecimal::stripTrailingZeros).asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.strings().list().ofMaxSize(3).asGeneric(),
                Arbitraries.maps(Arbitraries.strings(), Arbitraries.longs())
                        .ofMaxSize(3)
                        .asGeneric()));
        return Arbitraries.maps(Arbitraries.strings(), values.injectNull(0.1)).ofMaxSize(6);
    }

    private static Arbitrary<Instant> instants() {
        return Combinators.combine(
                        Arbitraries.longs().between(-62_135_596_800L, 253_402_300_799L),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<Coalesced> coalesced() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, Long.MAX_VALUE),
                        Arbitraries.longs().between(1, Long.MAX_VALUE))
                .as(Coalesced::new)
                .optional()
                .map(some -> some.orElse(Coalesced.NOTHING));
    }

    @Provide
    Arbitrary<AttemptOutcome> outcomes() {
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.integers().between(100, 599), Arbitraries.strings())
                        .as(AttemptOutcome.Answered::new),
                Arbitraries.longs()
                        .between(0, Long.MAX_VALUE)
                        .map(Duration::ofNanos)
                        .map(AttemptOutcome.TimedOut::new),
                Arbitraries.strings().map(AttemptOutcome.Failed::new));
    }

    @Property(tries = 300)
    void a_delivery_is_read_back_the_same(@ForAll("deliveries") Delivery delivery) {
        DeliveryCodec.Row read = DeliveryCodec.decode(DeliveryCodec.encode(delivery.event(), delivery.payload()));

        assertThat(read.event()).isEqualTo(delivery.event());
        assertThat(List.copyOf(keys(read.event()))).isEqualTo(List.copyOf(keys(delivery.event())));
        assertThat(read.payload()).usingRecursiveComparison().isEqualTo(delivery.payload());
    }

    @Property(tries = 300)
    void an_event_that_deliveries_share_is_read_back_the_same_with_each_of_its_payloads(
            @ForAll("deliveries") Delivery delivery, @ForAll("deliveries") Delivery other) {
        List<Payload> payloads = List.of(delivery.payload(), other.payload());
        byte[] row = SharedEventCodec.encode(List.of(1, 300, 70_000), delivery.event(), payloads);

        assertThat(SharedEventCodec.endpointIds(row)).containsExactly(1, 300, 70_000);
        for (int i = 0; i < payloads.size(); i++) {
            byte[] reference = DeliveryCodec.encodeShared(delivery.event(), i);
            DeliveryCodec.Row read = SharedEventCodec.decode(row, DeliveryCodec.sharedPayload(reference));
            assertThat(read.event()).isEqualTo(delivery.event());
            assertThat(read.payload()).usingRecursiveComparison().isEqualTo(payloads.get(i));
        }
        assertThatThrownBy(() -> SharedEventCodec.decode(row, 2)).hasMessageContaining("has 2 payloads");
        assertThatThrownBy(() -> DeliveryCodec.decode(row)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300)
    void a_delivery_that_shares_its_event_is_found_by_it_and_by_its_resource(@ForAll("deliveries") Delivery delivery) {
        byte[] reference = DeliveryCodec.encodeShared(delivery.event(), 3);

        assertThat(DeliveryCodec.isShared(reference)).isTrue();
        assertThat(DeliveryCodec.isShared(DeliveryCodec.encode(delivery.event(), delivery.payload())))
                .isFalse();
        byte[] id = delivery.event().id().value().getBytes(StandardCharsets.UTF_8);
        assertThat(DeliveryCodec.isOfEvent(reference, id)).isTrue();
        if (id.length < 128) {
            assertThat(DeliveryCodec.isOf(reference, DeliveryCodec.markOf(delivery.resource())))
                    .isTrue();
        }
    }

    @Property(tries = 300)
    void a_shared_row_cut_short_or_too_long_is_noticed(
            @ForAll("deliveries") Delivery delivery, @ForAll @IntRange(max = 9999) int cut) {
        byte[] row = SharedEventCodec.encode(List.of(1, 2), delivery.event(), List.of(delivery.payload()));

        assertThatThrownBy(() -> SharedEventCodec.decode(Arrays.copyOf(row, cut % row.length), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SharedEventCodec.decode(Arrays.copyOf(row, row.length + 1), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static java.util.Set<String> keys(ResourceChangeEvent event) {
        return new LinkedHashMap<>(event.change().metadata()).keySet();
    }

    @Property(tries = 300)
    void a_dead_letter_is_read_back_the_same(
            @ForAll("deliveries") Delivery delivery,
            @ForAll("outcomes") AttemptOutcome outcome,
            @ForAll("times") List<Instant> times,
            @ForAll @IntRange(min = 1) int number,
            @ForAll("coalesced") Coalesced coalesced,
            @ForAll String reason) {
        Attempt attempt = new Attempt(number, delivery.notBefore(), Duration.ofNanos(number), outcome);
        Delivery tried =
                delivery.withTries(new Tries(times, Optional.of(attempt))).withCoalesced(coalesced);
        DeadLetter letter = new DeadLetter(tried, attempt, reason, delivery.notBefore(), times);

        assertThat(DeadLetterCodec.decode(DeadLetterCodec.encode(letter)))
                .usingRecursiveComparison()
                .isEqualTo(letter);
    }

    @Property(tries = 300)
    void the_delivery_in_a_dead_letter_is_byte_for_byte_what_it_was(@ForAll("deliveries") Delivery delivery) {
        byte[] row = DeliveryCodec.encode(delivery.event(), delivery.payload());
        Attempt attempt = new Attempt(1, delivery.notBefore(), Duration.ZERO, new AttemptOutcome.Failed("refused"));

        byte[] letter =
                DeadLetterCodec.encode(new DeadLetter(delivery, attempt, "why", delivery.notBefore(), List.of()), row);

        assertThat(DeadLetterCodec.deliveryRow(letter)).isEqualTo(row);
    }

    @Property(tries = 300)
    void a_retry_is_read_back_the_same(
            @ForAll("times") List<Instant> times,
            @ForAll("outcomes") AttemptOutcome outcome,
            @ForAll @IntRange(min = 1) int number,
            @ForAll("coalesced") Coalesced coalesced,
            @ForAll boolean tried) {
        Attempt last = new Attempt(number, Instant.ofEpochSecond(number), Duration.ofNanos(number), outcome);
        Tries tries = tried ? new Tries(times, Optional.of(last)) : Tries.none();
        RetryCodec.Row row = new RetryCodec.Row(number, Instant.ofEpochSecond(-number), tries, coalesced);

        assertThat(RetryCodec.decode(RetryCodec.encode(row))).isEqualTo(row);
    }

    @Property(tries = 300)
    void a_row_of_the_log_is_read_back_the_same(
            @ForAll("deliveries") Delivery delivery,
            @ForAll("outcomes") AttemptOutcome outcome,
            @ForAll @IntRange(min = 1) int number) {
        Attempt attempt = new Attempt(number, delivery.notBefore(), Duration.ofNanos(number), outcome);
        List<LoggedAttempt> noted = Stream.of(
                        DeliveryState.DELIVERED,
                        DeliveryState.WAITING_FOR_RETRY,
                        DeliveryState.DEAD,
                        DeliveryState.COALESCED)
                .map(became -> LoggedAttempt.of(delivery, attempt, became))
                .toList();
        Encoder entries = new Encoder(1);
        noted.forEach(logged -> entries.putRaw(LogCodec.entry(logged, 7)));
        LogCodec.Head head = new LogCodec.Head(number, number + 1L, number + 2L);

        byte[] row = LogCodec.row(head, noted.size(), entries.toBytes());

        assertThat(LogCodec.head(row)).isEqualTo(head);
        assertThat(LogCodec.decode(row, id -> id == 7 ? delivery.endpoint() : "?"))
                .isEqualTo(noted);
    }

    @Test
    void long_texts_are_cut_in_the_log_and_no_character_is_halved() {
        String text = "x".repeat(LogCodec.MAX_TEXT - 1) + "\uD83D\uDE00 and more";
        Attempt attempt = new Attempt(1, Instant.EPOCH, Duration.ZERO, new AttemptOutcome.Failed(text));
        LoggedAttempt logged =
                LoggedAttempt.of(Samples.delivery(1, Samples.instance(1), 1), attempt, DeliveryState.DEAD);

        byte[] row = LogCodec.row(new LogCodec.Head(0, 0, 0), 1, LogCodec.entry(logged, 1));

        assertThat(LogCodec.decode(row, id -> "default").get(0).attempt().outcome())
                .isEqualTo(new AttemptOutcome.Failed("x".repeat(LogCodec.MAX_TEXT - 1)));
    }

    @Test
    void rows_of_the_first_version_are_read() {
        byte[] retry = new Encoder(16)
                .putByte(1)
                .putNumber(3)
                .putInstant(Instant.EPOCH)
                .toBytes();
        assertThat(RetryCodec.decode(retry))
                .isEqualTo(new RetryCodec.Row(3, Instant.EPOCH, Tries.none(), Coalesced.NOTHING));

        Encoder totals = new Encoder(16)
                .putByte(1)
                .putNumber(9)
                .putNumber(5)
                .putNumber(2)
                .putNumber(1_000);
        assertThat(Totals.decode(totals.toBytes()))
                .isEqualTo(new Totals(9, 5, new DeadSpan(2, 0, 1_000), LogSpan.NONE, RunCounts.NONE));

        Delivery delivery = Samples.delivery(1, Samples.instance(1), 1);
        Attempt last = new Attempt(4, Samples.AT, Duration.ZERO, new AttemptOutcome.Failed("refused"));
        byte[] now = DeadLetterCodec.encode(new DeadLetter(delivery, last, "why", Samples.AT, List.of()));
        byte[] then = Arrays.copyOf(now, now.length - 1);
        then[0] = 1;
        assertThat(DeadLetterCodec.decode(then).attemptedAt()).containsExactly(Samples.AT);
        assertThat(DeadLetterCodec.decode(then).reason()).isEqualTo("why");
    }

    @Provide
    Arbitrary<List<Instant>> times() {
        return Arbitraries.longs()
                .between(0, 253_402_300_799_999L)
                .map(Instant::ofEpochMilli)
                .list()
                .ofMaxSize(Tries.MAX_TIMES);
    }

    @Property(tries = 300)
    void a_state_is_read_back_the_same(@ForAll("deliveries") Delivery delivery) {
        ResourceChangeEvent event = delivery.event();
        ResourceChange change = event.change();

        byte[] row = StateCodec.encode(event);

        assertThat(StateCodec.decode(event.resource(), row))
                .isEqualTo(new ResourceState(
                        change.resource(),
                        change.uuid(),
                        change.status(),
                        change.tenantId(),
                        change.metadata(),
                        event.sequence()));
        assertThat(StateCodec.head(row)).isEqualTo(new StateCodec.Head(event.sequence(), change.status()));
    }

    @Property
    void keys_sort_by_endpoint_then_slot_then_position(
            @ForAll @IntRange(min = 1) int endpoint,
            @ForAll @IntRange(max = 255) int slot,
            @ForAll @net.jqwik.api.constraints.LongRange(max = Long.MAX_VALUE - 1) long position) {
        DeliveryKey key = new DeliveryKey(endpoint, slot, position);
        byte[] bytes = key.toBytes();

        assertThat(DeliveryKey.of(bytes)).isEqualTo(key);
        assertThat(Arrays.compareUnsigned(bytes, new DeliveryKey(endpoint, slot, position + 1).toBytes()))
                .isNegative();
        assertThat(Arrays.compareUnsigned(bytes, DeliveryKey.endOf(endpoint, slot)))
                .isNegative();
        byte[] next = slot == 255
                ? new DeliveryKey(endpoint + 1, 0, 0).toBytes()
                : new DeliveryKey(endpoint, slot + 1, 0).toBytes();
        assertThat(Arrays.compareUnsigned(DeliveryKey.endOf(endpoint, slot), next))
                .isNegative();
    }

    @Property(tries = 300)
    void a_row_cut_short_or_too_long_is_noticed(
            @ForAll("deliveries") Delivery delivery, @ForAll @IntRange(max = 9999) int cut) {
        byte[] row = DeliveryCodec.encode(delivery.event(), delivery.payload());

        assertThatThrownBy(() -> DeliveryCodec.decode(Arrays.copyOf(row, cut % row.length)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DeliveryCodec.decode(Arrays.copyOf(row, row.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 1000)
    void a_changed_byte_is_read_or_refused_and_nothing_else(
            @ForAll("deliveries") Delivery delivery, @ForAll @IntRange(max = 9999) int at, @ForAll byte value) {
        byte[] row = DeliveryCodec.encode(delivery.event(), delivery.payload());
        row[at % row.length] = value;
        try {
            DeliveryCodec.decode(row);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    @Property
    void numbers_are_read_back_the_same(@ForAll long number) {
        assertThat(new Decoder(new Encoder(1).putNumber(number).toBytes()).getNumber())
                .isEqualTo(number);
        assertThat(new Decoder(new Encoder(1).putLong(number).toBytes()).getLong())
                .isEqualTo(number);
    }
}
