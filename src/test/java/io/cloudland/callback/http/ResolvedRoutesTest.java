package io.cloudland.callback.http;

import static io.cloudland.callback.http.Connections.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AddressRules.Base;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResolvedRoutesTest {

    private final VirtualTimers time = new VirtualTimers();
    private Future<List<InetAddress>> answer = addresses("10.0.0.1");
    private int questions;

    private final Routes routes = new ResolvedRoutes(
            new Target("hooks.example", 443, true, "/", Optional.empty()),
            new PinnedRequests(new Target("hooks.example", 443, true, "/", Optional.empty()), 1000),
            new AddressPolicy(rules(Base.NO_LINK_LOCAL)),
            name -> {
                questions++;
                return answer;
            },
            time);

    private static Future<List<InetAddress>> addresses(String... literals) {
        return Future.succeededFuture(
                Stream.of(literals).map(Connections::address).toList());
    }

    private static String addressOf(Future<Route> route) {
        return ((Route.To) route.result()).request().getServer().toString();
    }

    private static String reasonOf(Future<Route> route) {
        return ((Route.Refused) route.result()).reason();
    }

    private static Future<List<InetAddress>> unknown() {
        return Future.failedFuture(new UnknownHostException("hooks.example"));
    }

    @Test
    void the_checked_address_is_the_one_connected_to_and_the_name_stays_for_header_and_certificate() {
        Route.To route = (Route.To) routes.next().result();
        assertThat(route.request().getServer()).hasToString("10.0.0.1:443");
        assertThat(route.request().getHost()).isEqualTo("hooks.example");
        assertThat(route.request().getPort()).isEqualTo(443);
    }

    @Test
    void an_answer_that_changes_to_a_forbidden_address_is_refused_and_never_connected_to() {
        assertThat(addressOf(routes.next())).isEqualTo("10.0.0.1:443");
        answer = addresses("169.254.169.254");
        assertThat(addressOf(routes.next())).as("still pinned").isEqualTo("10.0.0.1:443");
        time.advance(ResolvedRoutes.FRESH);
        assertThat(reasonOf(routes.next()))
                .isEqualTo("address refused: hooks.example is 169.254.169.254, forbidden by address_policy ="
                        + " \"no-link-local\" (link-local, 169.254.0.0/16)");
    }

    @Test
    void a_pinned_ipv6_address_is_written_in_numbers_and_brackets() {
        answer = addresses("2001:db8::7");
        assertThat(addressOf(routes.next())).isEqualTo("[2001:db8::7]:443");
    }

    @Test
    void of_a_mixed_answer_only_what_is_allowed_is_taken() {
        answer = addresses("169.254.169.254", "::ffff:169.254.169.254", "10.0.0.7");
        assertThat(addressOf(routes.next())).isEqualTo("10.0.0.7:443");
    }

    @Test
    void within_a_second_nobody_is_asked_and_the_same_route_is_told() {
        Future<Route> first = routes.next();
        time.advance(ResolvedRoutes.FRESH.minusNanos(1));
        assertThat(routes.next().result()).isSameAs(first.result());
        assertThat(questions).isEqualTo(1);
    }

    @Test
    void the_same_answer_again_keeps_the_route() {
        Route first = routes.next().result();
        time.advance(ResolvedRoutes.FRESH);
        assertThat(routes.next().result()).isSameAs(first);
        assertThat(questions).isEqualTo(2);
    }

    @Test
    void an_address_in_use_stays_in_use_however_the_answer_is_ordered() {
        routes.next();
        answer = addresses("10.0.0.2", "10.0.0.1");
        time.advance(ResolvedRoutes.FRESH);
        assertThat(addressOf(routes.next())).isEqualTo("10.0.0.1:443");
        answer = addresses("10.0.0.2", "10.0.0.3");
        time.advance(ResolvedRoutes.FRESH);
        assertThat(addressOf(routes.next())).isEqualTo("10.0.0.2:443");
    }

    @Test
    void where_nobody_could_connect_another_address_is_tried_next() {
        answer = addresses("10.0.0.1", "10.0.0.2");
        Route first = routes.next().result();
        routes.couldNotConnect(first);
        Future<Route> second = routes.next();
        assertThat(addressOf(second)).isEqualTo("10.0.0.2:443");
        routes.couldNotConnect(first);
        assertThat(routes.next().result()).as("the failure was another's").isSameAs(second.result());
    }

    @Test
    void every_address_has_its_turn_where_nobody_can_connect_and_the_one_that_failed_longest_ago_comes_next() {
        answer = addresses("10.0.0.1", "10.0.0.2", "10.0.0.3");
        List<String> tried = new ArrayList<>();
        for (int attempt = 0; attempt < 6; attempt++) {
            Future<Route> route = routes.next();
            tried.add(addressOf(route));
            routes.couldNotConnect(route.result());
        }
        assertThat(tried)
                .containsExactly(
                        "10.0.0.1:443", "10.0.0.2:443", "10.0.0.3:443", "10.0.0.1:443", "10.0.0.2:443", "10.0.0.3:443");
    }

    @Test
    void an_address_that_failed_once_stays_in_use_once_somebody_could_connect() {
        routes.couldNotConnect(routes.next().result());
        Route again = routes.next().result();
        routes.connected(again);
        answer = addresses("10.0.0.9", "10.0.0.1");
        time.advance(ResolvedRoutes.FRESH);
        assertThat(routes.next().result()).isSameAs(again);
    }

    @Test
    void an_address_that_left_the_name_and_comes_back_is_tried_as_any_other() {
        answer = addresses("10.0.0.1", "10.0.0.2");
        routes.couldNotConnect(routes.next().result());
        answer = addresses("10.0.0.2");
        routes.couldNotConnect(routes.next().result());
        routes.couldNotConnect(routes.next().result());
        answer = addresses("10.0.0.2", "10.0.0.1");
        assertThat(addressOf(routes.next())).isEqualTo("10.0.0.1:443");
    }

    @Test
    void the_only_address_is_tried_again() {
        routes.couldNotConnect(routes.next().result());
        assertThat(addressOf(routes.next())).isEqualTo("10.0.0.1:443");
    }

    @Test
    void many_requests_ask_once() {
        Promise<List<InetAddress>> later = Promise.promise();
        answer = later.future();
        Future<Route> first = routes.next();
        Future<Route> second = routes.next();
        later.complete(addresses("10.0.0.5").result());
        assertThat(addressOf(first)).isEqualTo(addressOf(second)).isEqualTo("10.0.0.5:443");
        assertThat(questions).isEqualTo(1);
    }

    @Test
    void a_slow_resolver_does_not_hold_back_who_has_an_address() {
        routes.next();
        answer = Promise.<List<InetAddress>>promise().future();
        time.advance(ResolvedRoutes.FRESH);
        assertThat(addressOf(routes.next())).isEqualTo("10.0.0.1:443");
        time.advance(ResolvedRoutes.USED_MEANWHILE);
        assertThat(routes.next().isComplete()).isFalse();
    }

    @Test
    void a_resolver_that_is_down_leaves_the_checked_address_for_some_minutes() {
        routes.next();
        answer = unknown();
        time.advance(ResolvedRoutes.KEPT_WITHOUT_ANSWER.minusSeconds(1));
        assertThat(addressOf(routes.next())).isEqualTo("10.0.0.1:443");
        time.advance(Duration.ofSeconds(1));
        assertThat(routes.next().cause()).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void a_resolver_that_is_down_after_a_refusal_opens_nothing() {
        answer = addresses("169.254.169.254");
        routes.next();
        answer = unknown();
        time.advance(ResolvedRoutes.FRESH);
        assertThat(routes.next().cause()).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void a_question_that_is_never_answered_is_asked_again() {
        answer = Promise.<List<InetAddress>>promise().future();
        assertThat(routes.next().isComplete()).isFalse();
        answer = addresses("10.0.0.9");
        assertThat(routes.next().isComplete()).isFalse();
        time.advance(ResolvedRoutes.QUESTION_IS_LOST);
        assertThat(addressOf(routes.next())).isEqualTo("10.0.0.9:443");
    }
}
