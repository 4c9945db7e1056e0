package io.cloudland.callback.delivery;

import static io.cloudland.callback.delivery.FlowUnderTest.PROBE;
import static io.cloudland.callback.delivery.FlowUnderTest.retries;
import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.http.HandshakeAnswer;
import io.cloudland.callback.http.HandshakeAnswer.Granted;
import io.cloudland.callback.http.HandshakeAnswer.Refused;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EndpointStatus.State;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.HandshakeSettings;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.observe.LogOf;
import io.cloudland.callback.time.VirtualTimers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An endpoint that is asked first whether it wants to be sent events. */
class HandshakeFlowTest {

    private static final HandshakeAnswer NO = new Refused("HTTP 405", Duration.ZERO);
    private static final Duration MILLI = Duration.ofMillis(1);

    private final FlowUnderTest under = asking(0);

    private static FlowUnderTest asking(int perSecond) {
        return new FlowUnderTest(3, 30, settings(perSecond), retries());
    }

    private static FlowSettings settings(int perSecond) {
        return new FlowSettings(
                3, PROBE, Duration.ofSeconds(40), perSecond, Optional.of(new HandshakeSettings("us", 60L * perSecond)));
    }

    private void begin() {
        under.handshakes.forEach(LaneHandshake::begin);
    }

    private void answer(HandshakeAnswer answer) {
        under.endpoint.handshakes.get(under.endpoint.handshakes.size() - 1).complete(answer);
    }

    private int asked() {
        return under.endpoint.handshakes.size();
    }

    @Test
    void of_all_workers_one_asks_and_nothing_is_sent_before_the_answer() {
        begin();
        under.events(60);

        assertThat(asked()).isEqualTo(1);
        assertThat(under.endpoint.all).isEmpty();
        assertThat(under.status().state()).isEqualTo(State.UNCONFIRMED);
        answer(new Granted(0));
        assertThat(under.endpoint.underWay()).isEqualTo(30);
        assertThat(under.status().state()).isEqualTo(State.ACTIVE);
        under.drain();
        assertThat(under.store.stats().delivered()).isEqualTo(60);
        assertThat(asked()).isEqualTo(1);
        assertThat(under.time.scheduled()).isZero();
    }

    @Test
    void while_it_refuses_it_is_asked_after_pauses_that_double_up_to_the_longest() {
        begin();
        under.events(20);
        for (int seconds : List.of(10, 20, 40, 40, 40)) {
            int before = asked();
            answer(NO);
            under.time.advance(Duration.ofSeconds(seconds).minus(MILLI));
            assertThat(asked()).isEqualTo(before);
            under.time.advance(MILLI);
            assertThat(asked()).isEqualTo(before + 1);
        }
        assertThat(under.endpoint.all).isEmpty();
        assertThat(under.told).isEmpty();
        assertThat(under.store.stats().pending()).isEqualTo(20);
        assertThat(under.status().why()).isEqualTo("has not agreed to be sent events: HTTP 405");
        assertThat(under.status().probes()).isEqualTo(5);

        answer(new Granted(0));
        under.drain();
        assertThat(under.endpoint.all)
                .extracting(FakeSender.Sent::attemptNumber)
                .containsOnly(1);
    }

    @Test
    void it_is_not_asked_before_the_time_that_it_asks_for() {
        begin();
        answer(new Refused("HTTP 429", Duration.ofMinutes(5)));
        under.time.advance(Duration.ofMinutes(5).minus(MILLI));
        assertThat(asked()).isEqualTo(1);
        under.time.advance(MILLI);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void one_alarm_tells_that_it_refuses_and_one_line_that_it_agreed() {
        try (LogOf log = LogOf.named("delivery")) {
            begin();
            answer(NO);
            under.time.advance(PROBE);
            answer(new Refused("connection refused", Duration.ZERO));
            under.time.advance(Duration.ofMinutes(1));
            answer(new Granted(120));

            assertThat(log.messages(Level.WARN))
                    .containsExactly(
                            "endpoint default has not agreed to be sent events: HTTP 405; its deliveries wait, none"
                                    + " is lost. It is asked again in 10 s, then after pauses that double up to 40 s, and at"
                                    + " once after 'resume default'");
            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "endpoint default has agreed to be sent events, at most 120 a minute; it was asked 2"
                                    + " times in vain before");
        }
    }

    @Test
    void a_resume_by_hand_asks_at_once_and_a_pause_asks_nobody() {
        begin();
        answer(NO);
        under.flow.resume();
        assertThat(asked()).isEqualTo(2);
        answer(NO);
        under.flow.pauseByHand();
        under.time.advance(Duration.ofHours(1));
        assertThat(asked()).isEqualTo(2);
        assertThat(under.status().state()).isEqualTo(State.PAUSED);
        under.flow.resume();
        assertThat(asked()).isEqualTo(3);
    }

    @Test
    void a_defect_while_asking_is_told_and_asked_again() {
        begin();
        under.endpoint.handshakes.get(0).fail(new IllegalStateException("oops"));
        assertThat(under.status().why()).contains("internal error while asking: java.lang.IllegalStateException: oops");
        under.time.advance(PROBE);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void events_of_a_resource_are_in_order_after_it_agreed_and_it_is_parked_like_any_other() {
        begin();
        for (int i = 0; i < 5; i++) {
            under.event(instance(1));
        }
        under.events(10);
        answer(new Granted(0));
        under.park();
        assertThat(under.status().state()).isEqualTo(State.PARKED);
        under.time.advance(Duration.ofMinutes(2));
        under.drain();
        assertThat(under.endpoint.sequencesSent(instance(1))).isSorted().contains(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(asked()).isEqualTo(1);
    }

    private int sentIn(FlowUnderTest flow, Duration time) {
        int before = flow.endpoint.all.size();
        for (long i = 0; i < time.toMillis() / 10; i++) {
            flow.answerAll(200);
            flow.time.advance(Duration.ofMillis(10));
        }
        return flow.endpoint.all.size() - before;
    }

    @Test
    void the_allowed_rate_is_kept_over_all_workers() {
        begin();
        under.events(1_000);
        answer(new Granted(120));
        for (int minute = 0; minute < 3; minute++) {
            assertThat(sentIn(under, Duration.ofMinutes(1))).isBetween(115, 120);
        }
    }

    @Test
    void of_the_allowed_rate_and_rate_limit_the_smaller_is_kept() {
        FlowUnderTest slow = asking(1);
        slow.handshakes.forEach(LaneHandshake::begin);
        slow.events(1_000);
        slow.endpoint.handshakes.get(0).complete(new Granted(6_000));
        assertThat(sentIn(slow, Duration.ofMinutes(1))).isBetween(58, 61);

        FlowUnderTest fast = asking(100);
        fast.handshakes.forEach(LaneHandshake::begin);
        fast.events(1_000);
        fast.endpoint.handshakes.get(0).complete(new Granted(60));
        assertThat(sentIn(fast, Duration.ofMinutes(1))).isBetween(58, 60);
    }

    @Test
    void a_lane_that_is_closed_while_it_asks_counts_for_nothing_and_sets_no_timer() {
        begin();
        under.handshakes.forEach(LaneHandshake::close);
        answer(NO);
        assertThat(under.status().probes()).isZero();
        assertThat(under.time.scheduled()).isZero();
    }

    @Test
    void of_the_lanes_that_go_on_one_asks_anew_when_the_one_that_asks_is_closed() {
        begin();
        under.events(60);
        under.handshakes.get(0).close();
        assertThat(asked()).isEqualTo(2);

        answer(new Granted(0));
        under.drain();
        assertThat(under.store.stats().delivered()).isEqualTo(60);
    }

    /** So it is when a node gives slots away: its lanes are made anew, for the same endpoint. */
    @Test
    void lanes_that_come_after_one_that_was_closed_while_it_asked_ask_anew() {
        begin();
        under.handshakes.forEach(LaneHandshake::close);
        int before = asked();
        begin();
        assertThat(asked()).isEqualTo(before + 1);
    }

    private static Endpoint endpoint(String url, FlowSettings flow) {
        Endpoint sample = Samples.endpoint(url);
        return new Endpoint(
                sample.name(),
                sample.url(),
                sample.format(),
                sample.apiKey(),
                sample.timeout(),
                sample.retries(),
                sample.maxInFlight(),
                false,
                true,
                sample.filter(),
                sample.headers(),
                sample.secrets(),
                sample.connection(),
                flow);
    }

    @Test
    void consent_outlives_other_lanes_and_not_another_endpoint() {
        Endpoint here = endpoint("http://127.0.0.1:1/", settings(0));
        EndpointFlows flows = new EndpointFlows(List.of(here), new VirtualTimers(), () -> 0);
        assertThat(flows.of(here).tryHandshake()).isPresent();
        flows.use(List.of(here), true);
        assertThat(flows.of(here).tryHandshake()).as("who asked is gone").isPresent();
        flows.of(here).handshakeEnded(new Granted(60));

        flows.use(List.of(here), true);
        assertThat(flows.statuses().get(0).state()).isEqualTo(State.ACTIVE);
        assertThat(flows.of(here).isFree()).as("the rate is still kept").isFalse();

        Endpoint moved = endpoint("http://127.0.0.1:2/", settings(0));
        flows.use(List.of(moved), false);
        assertThat(flows.statuses().get(0).state()).isEqualTo(State.UNCONFIRMED);
        Endpoint unasked = Samples.endpoint("http://127.0.0.1:2/");
        flows.use(List.of(unasked), false);
        assertThat(flows.of(unasked).isFree()).isTrue();
    }

    private static Endpoint asked(String url, int perSecond) {
        return endpoint(url, settings(perSecond));
    }

    /** A receiver that allows one a minute must not be sent one for each change of a file. */
    @Test
    void what_was_sent_before_it_was_asked_again_counts_under_the_rate_that_it_allows_then() {
        VirtualTimers time = new VirtualTimers();
        EndpointFlows flows = new EndpointFlows(List.of(asked("http://127.0.0.1:1/", 0)), time, () -> 0);
        int sent = 0;
        for (int change = 1; change <= 20; change++) {
            Endpoint changed = asked("http://127.0.0.1:" + change + "/", 0);
            flows.use(List.of(changed), false);
            assertThat(flows.of(changed).tryHandshake()).isPresent();
            flows.of(changed).handshakeEnded(new Granted(1));
            sent += flows.of(changed).tryStart(0) == EndpointFlow.REFUSED ? 0 : 1;
            time.advance(Duration.ofSeconds(6)); // 20 changes are two minutes.
        }
        assertThat(sent).isEqualTo(2);
    }

    @Test
    void an_answer_that_comes_after_the_endpoint_has_changed_does_not_change_its_rate() {
        VirtualTimers time = new VirtualTimers();
        Endpoint here = asked("http://127.0.0.1:1/", 0);
        EndpointFlows flows = new EndpointFlows(List.of(here), time, () -> 0);
        EndpointFlow before = flows.of(here);
        assertThat(before.tryHandshake()).isPresent();
        Endpoint moved = Samples.endpoint("http://127.0.0.1:2/");
        flows.use(List.of(moved), false);
        before.handshakeEnded(new Granted(1));

        assertThat(flows.of(moved).isFree()).isTrue();
    }
}
