package io.cloudland.callback.http;

import static io.cloudland.callback.http.Connections.rules;
import static io.cloudland.callback.http.Connections.under;
import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.AddressRules;
import io.cloudland.callback.model.AddressRules.Base;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.Failed;
import io.cloudland.callback.model.AttemptOutcome.TimedOut;
import io.cloudland.callback.model.ConnectionOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The address policy on real connections. */
@ExtendWith(VertxExtension.class)
class SafeAddressTest {

    private static final AddressRules LOOPBACK_ALONE = rules(Base.LISTED_ONLY, "127.0.0.1/32", "");

    private static String url(RawServer server) {
        return "http://hooks.example:" + server.port() + "/hook";
    }

    private static HostResolver always(String literal) {
        return name -> Future.succeededFuture(List.of(Connections.address(literal)));
    }

    private static SenderUnderTest sender(Vertx vertx, String url, AddressRules rules, HostResolver resolver) {
        return new SenderUnderTest(vertx, Deliveries.endpoint(url, under(rules)), 2, resolver);
    }

    @Test
    void a_refused_address_is_an_outcome_that_names_host_address_and_rule(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        try (SenderUnderTest sender =
                sender(vertx, url(server), rules(Base.NO_LINK_LOCAL, "", "127.0.0.0/8"), always("127.0.0.1"))) {
            assertThat(sender.send())
                    .isEqualTo(new Failed("address refused: hooks.example is 127.0.0.1, forbidden by deny_networks"
                            + " (127.0.0.0/8)"));
        }
        assertThat(server.connections()).isZero();
    }

    @Test
    void a_refused_literal_is_an_outcome_and_nobody_is_asked(Vertx vertx) {
        AtomicInteger asked = new AtomicInteger();
        HostResolver counting = name -> {
            asked.incrementAndGet();
            return always("127.0.0.1").resolve(name);
        };
        try (SenderUnderTest sender = sender(vertx, "http://[::ffff:a9fe:a9fe]/", AddressRules.DEFAULT, counting)) {
            assertThat(sender.send().describe())
                    .isEqualTo("address refused: [::ffff:a9fe:a9fe] is 169.254.169.254, forbidden by address_policy ="
                            + " \"no-link-local\" (link-local, 169.254.0.0/16)");
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void the_request_goes_to_the_resolved_address_and_names_the_host(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        try (SenderUnderTest sender = sender(vertx, url(server), LOOPBACK_ALONE, always("127.0.0.1"))) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(server.requests().get(0).toLowerCase(java.util.Locale.ROOT))
                .contains("\r\nhost: hooks.example:" + server.port() + "\r\n");
    }

    @Test
    void a_name_that_is_rebound_between_check_and_connect_gains_nothing(Vertx vertx) {
        RawServer good = new RawServer(vertx, (socket, request) -> {
            // The connection ends with each answer, so that each attempt connects anew.
            socket.end(io.vertx.core.buffer.Buffer.buffer(
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"));
        });
        AtomicInteger asked = new AtomicInteger();
        HostResolver rebinding = name ->
                always(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2").resolve(name);
        try (SenderUnderTest sender = sender(vertx, url(good), LOOPBACK_ALONE, rebinding)) {
            AttemptOutcome last = new Answered(200, "ok");
            while (last instanceof Answered) {
                last = sender.send();
            }
            assertThat(last)
                    .isEqualTo(new Failed("address refused: hooks.example is 127.0.0.2, forbidden by address_policy ="
                            + " \"listed-only\" (not in allow_networks)"));
        }
        assertThat(asked.get())
                .as("the name was resolved for each pin, not for each connection")
                .isEqualTo(2);
        assertThat(good.connections()).isEqualTo(good.requests().size()).isPositive();
    }

    @Test
    void a_redirect_to_a_forbidden_address_is_an_answer_and_nothing_more(Vertx vertx) {
        RawServer server = new RawServer(
                vertx,
                RawServer.always("HTTP/1.1 303 Away\r\nLocation: http://169.254.169.254/latest/\r\nContent-Length:"
                        + " 0\r\n\r\n"));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(sender.send()).isEqualTo(new Answered(303, ""));
        }
    }

    @Test
    void a_name_server_that_hangs_is_left_in_time_and_its_late_answer_used_by_the_next(Vertx vertx) {
        Duration deadline = Duration.ofMillis(300);
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        AtomicReference<Promise<List<java.net.InetAddress>>> question = new AtomicReference<>();
        HostResolver hanging = name -> {
            question.set(Promise.promise());
            return question.get().future();
        };
        ConnectionOptions connection = ConnectionOptions.DEFAULT;
        try (SenderUnderTest sender =
                new SenderUnderTest(vertx, Deliveries.endpoint(url(server), deadline, false, connection), 2, hanging)) {
            long started = System.nanoTime();
            assertThat(sender.send()).isEqualTo(new TimedOut(deadline));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(deadline, Duration.ofMillis(450));
            assertThat(server.connections()).isZero();
            Future<AttemptOutcome> next = sender.begin(Deliveries.delivery(), 2);
            question.get().complete(List.of(Connections.address("127.0.0.1")));
            assertThat(resultOf(next)).isEqualTo(new Answered(200, "ok"));
            await().until(() -> server.connections() == 1);
        }
    }

    @Test
    void an_address_where_nobody_listens_gives_way_to_the_next_one(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        HostResolver two = name ->
                Future.succeededFuture(List.of(Connections.address("127.0.0.2"), Connections.address("127.0.0.1")));
        try (SenderUnderTest sender = sender(vertx, url(server), AddressRules.DEFAULT, two)) {
            assertThat(sender.send()).isEqualTo(new Failed("connection refused"));
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
    }

    @Test
    void the_resolver_of_vertx_knows_the_machine_itself(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, "http://localhost:" + server.port() + "/")) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
    }
}
