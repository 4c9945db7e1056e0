package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault of a receiver against every format. Time is virtual: where nothing but the deadline ends an attempt it does so
 * to the millisecond, and what ends by itself needs no time at all.
 */
@ExtendWith(VertxExtension.class)
class FaultZooTest {

    private static final int ATTEMPTS = 3;
    private static final Duration DEADLINE = Deliveries.LONG_ENOUGH;
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private final VirtualTimers time = new VirtualTimers();
    private final AtomicBoolean ill = new AtomicBoolean(true);
    private final AtomicInteger played = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final List<Throwable> defects = new CopyOnWriteArrayList<>();

    @BeforeEach
    void noteDefects(Vertx vertx) {
        vertx.exceptionHandler(defects::add);
    }

    static Stream<String> formats() {
        return PayloadFormats.builtIn().names().stream();
    }

    private static Stream<Arguments> zoo(boolean hanging) {
        return WireFault.ALL.stream()
                .filter(fault -> fault.hangs() == hanging)
                .flatMap(fault -> formats().map(format -> Arguments.of(fault, format)));
    }

    static Stream<Arguments> faultsThatEnd() {
        return zoo(false);
    }

    static Stream<Arguments> faultsThatHang() {
        return zoo(true);
    }

    private static Payload payload(String format) {
        return PayloadFormats.builtIn().byName(format).render(GoldenEvent.event());
    }

    private RawServer server(Vertx vertx, NetServerOptions options, String host, WireFault fault) {
        return new RawServer(vertx, options, host, (socket, request) -> {
            if (ill.get()) {
                fault.answer().to(socket, played::incrementAndGet);
            } else {
                socket.write(RawServer.OK);
            }
        });
    }

    private SenderUnderTest sender(Vertx vertx, String url) {
        return new SenderUnderTest(vertx, Deliveries.endpoint(url), ATTEMPTS, time);
    }

    private Future<AttemptOutcome> begin(SenderUnderTest sender, Delivery delivery) {
        return sender.begin(delivery, 1).onComplete(any -> ended.incrementAndGet());
    }

    private List<Future<AttemptOutcome>> begin(SenderUnderTest sender, String format) {
        Delivery delivery = Deliveries.delivery(payload(format));
        return IntStream.range(0, ATTEMPTS)
                .mapToObj(any -> begin(sender, delivery))
                .toList();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("faultsThatEnd")
    void an_attempt_ends_once_with_what_the_receiver_did_and_the_next_one_is_delivered(
            WireFault fault, String format, Vertx vertx) {
        RawServer server = server(vertx, fault.options(), "127.0.0.1", fault);
        try (SenderUnderTest sender = sender(vertx, server.url())) {
            begin(sender, format).forEach(sent -> assertThat(resultOf(sent)).matches(fault.expected()));
            deliversAgain(sender, server, format);
        }
        leavesNothing(server);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("faultsThatHang")
    void an_attempt_that_hangs_ends_once_at_its_deadline_and_the_next_one_is_delivered(
            WireFault fault, String format, Vertx vertx) {
        RawServer server = server(vertx, fault.options(), "127.0.0.1", fault);
        try (SenderUnderTest sender = sender(vertx, server.url())) {
            List<Future<AttemptOutcome>> sent = begin(sender, format);
            await().until(() -> played.get() == ATTEMPTS);
            sender.onLoop(() -> time.advance(DEADLINE.minus(A_MOMENT)));
            assertThat(ended).as("ended before the deadline").hasValue(0);
            sender.onLoop(() -> time.advance(A_MOMENT));
            sent.forEach(one -> assertThat(resultOf(one)).matches(fault.expected()));
            await().until(() -> server.open() == 0);
            deliversAgain(sender, server, format);
        }
        leavesNothing(server);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void control_characters_alone_end_an_attempt_once_at_its_deadline_at_the_latest(String format, Vertx vertx) {
        WireFault fault = WireFault.controlCharacters();
        RawServer server = server(vertx, fault.options(), "127.0.0.1", fault);
        try (SenderUnderTest sender = sender(vertx, server.url())) {
            List<Future<AttemptOutcome>> sent = begin(sender, format);
            await().until(() -> played.get() == ATTEMPTS);
            sender.onLoop(() -> time.advance(DEADLINE));
            sent.forEach(one -> assertThat(resultOf(one)).matches(fault.expected()));
            await().until(() -> server.open() == 0);
            deliversAgain(sender, server, format);
        }
        leavesNothing(server);
    }

    /** The account is exact: no attempt ended twice, none is repeated, and each request held its body byte for byte. */
    private void deliversAgain(SenderUnderTest sender, RawServer server, String format) {
        ill.set(false);
        Delivery delivery = Deliveries.delivery(payload(format));
        assertThat(resultOf(begin(sender, delivery))).isEqualTo(new Answered(200, "ok"));
        assertThat(ended).hasValue(ATTEMPTS + 1);
        assertThat(server.requests()).hasSize(ATTEMPTS + 1).allSatisfy(request -> holds(request, delivery.payload()));
        assertThat(sender.timersLeft()).isZero();
    }

    private void leavesNothing(RawServer server) {
        await().until(() -> server.open() == 0);
        assertThat(defects).isEmpty();
    }

    private static void holds(String request, Payload payload) {
        String body = new String(payload.body(), StandardCharsets.ISO_8859_1);
        assertThat(request)
                .startsWith("POST /hook HTTP/1.1\r\n")
                .containsIgnoringCase("\r\ncontent-type: " + payload.contentType() + "\r\n")
                .containsIgnoringCase("\r\ncontent-length: " + payload.body().length + "\r\n")
                .endsWith("\r\n\r\n" + body);
        payload.headers()
                .forEach((name, value) ->
                        assertThat(request).containsIgnoringCase("\r\n" + name + ": " + value + "\r\n"));
    }
}
