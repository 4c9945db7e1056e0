package io.cloudland.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.FlowSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FlowRulesPropertyTest {

    private static final FlowSettings SETTINGS =
            new FlowSettings(3, Duration.ofSeconds(10), Duration.ofSeconds(300), 0);
    private static final long LONGEST =
            Duration.ofSeconds(300).plus(FlowRules.AFTER_YOU).toNanos();

    /** Attempts of an endpoint that does whatever chance has it do, with people who pause and resume it. */
    private static final class Run {
        private final FlowRules rules;
        private final Random random;
        private final List<Long> underWay = new ArrayList<>();
        private FlowState state = FlowState.OPEN;
        private long nanos = Long.MAX_VALUE - Duration.ofHours(1).toNanos(); // Goes over the end of the numbers.
        private boolean asked;

        Run(int maxInFlight, long seed) {
            this.rules = new FlowRules(SETTINGS, maxInFlight);
            this.random = new Random(seed);
        }

        private Moment now() {
            return new Moment(nanos, Instant.EPOCH);
        }

        void step() {
            nanos += random.nextLong(Duration.ofSeconds(20).toNanos());
            switch (random.nextInt(12)) {
                case 0 -> state = rules.pausedByHand(state, now());
                case 1, 2 -> state = rules.resumed(state, now());
                case 3 -> {
                    asked = true;
                    state = rules.paused(state, Duration.ofSeconds(random.nextInt(60)), "HTTP 429", now());
                }
                case 4, 5, 6, 7 -> start();
                default -> end();
            }
        }

        private void start() {
            int lane = random.nextInt(3);
            if (underWay.size() < rules.maxInFlight() && rules.waitNanos(state, lane, nanos) == 0) {
                assertThat(state.parked() != null && state.parked().probing()).isFalse();
                underWay.add(state.parked() != null || state.recovery() != null ? state.epoch() : EndpointFlow.FREE);
                state = rules.started(state, lane);
            }
        }

        private void end() {
            if (underWay.isEmpty()) {
                return;
            }
            long permit = underWay.remove(random.nextInt(underWay.size()));
            state = switch (random.nextInt(20)) {
                case 0 -> rules.gone(state, permit, "HTTP 410", now());
                case 1 -> rules.answered(state, permit, now());
                case 2, 3, 4, 5 -> rules.succeeded(state, permit);
                default -> rules.failed(state, permit, "HTTP 500", now());
            };
        }

        /** So many are under way that were let through in the state's own epoch. */
        private long counted() {
            return underWay.stream().filter(permit -> permit == state.epoch()).count();
        }
    }

    @Property(tries = 200)
    void a_probe_is_alone_a_recovery_keeps_its_limit_and_no_wait_is_endless(
            @ForAll @IntRange(min = 1, max = 64) int maxInFlight, @ForAll long seed) {
        Run run = new Run(maxInFlight, seed);
        for (int i = 0; i < 2_000; i++) {
            run.step();
            FlowState state = run.state;
            if (state.parked() != null) {
                assertThat(run.counted()).isEqualTo(state.parked().probing() ? 1 : 0);
            }
            if (state.recovery() != null) {
                assertThat(state.recovery().underWay()).isEqualTo((int) run.counted());
                assertThat(state.recovery().limit()).isBetween(1, maxInFlight);
            }
            long wait = run.rules.waitNanos(state, 0, run.nanos);
            boolean heldByHand = state.byHand() != null || state.stopped() != null;
            assertThat(wait).isNotNegative();
            assertThat(wait == FlowRules.UNTIL_TOLD).isEqualTo(heldByHand || run.counted() > 0 && wait > LONGEST);
            assertThat(wait == FlowRules.UNTIL_TOLD || wait <= LONGEST).isTrue();
        }
        assertThat(run.asked).isTrue();
    }
}
