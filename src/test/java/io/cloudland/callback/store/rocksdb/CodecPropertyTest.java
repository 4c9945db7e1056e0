package io.cloudland.callback.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.model.ResourceType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

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

    private static java.util.Set<String> keys(ResourceChangeEvent event) {
        return new LinkedHashMap<>(event.change().metadata()).keySet();
    }

    @Property(tries = 300)
    void a_dead_letter_is_read_back_the_same(
            @ForAll("deliveries") Delivery delivery,
            @ForAll("outcomes") AttemptOutcome outcome,
            @ForAll @IntRange(min = 1) int number,
            @ForAll String reason) {
        Attempt attempt = new Attempt(number, delivery.notBefore(), Duration.ofNanos(number), outcome);
        DeadLetter letter = new DeadLetter(delivery, attempt, reason, delivery.notBefore());

        assertThat(DeadLetterCodec.decode(DeadLetterCodec.encode(letter)))
                .usingRecursiveComparison()
                .isEqualTo(letter);
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
