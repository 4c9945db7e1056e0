package io.cloudland.callback.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void latencies_are_joined_by_id_and_sorted() {
        Samples sent = samples("a", 10, "b", 20, "lost", 30);
        Samples received = samples("b", 25, "a", 40, "b", 99);
        assertThat(sent.until(received)).containsExactly(5, 30);
    }

    @Test
    void the_rate_is_that_of_the_gaps_between_first_and_last() {
        Samples samples = samples("a", 0, "b", 500_000_000, "c", 1_000_000_000);
        assertThat(samples.perSecond()).isEqualTo(2);
    }

    @Test
    void fewer_than_two_samples_have_no_rate() {
        assertThat(samples("a", 5).perSecond()).isZero();
        assertThat(new Samples().perSecond()).isZero();
    }

    @Test
    void samples_survive_the_pipe() {
        Samples sent = samples("a", 10, "b", Long.MAX_VALUE);
        Samples read = Samples.ofJson(new JsonObject(sent.toJson().encode()));
        assertThat(read.toJson()).isEqualTo(sent.toJson());
    }

    @Test
    void the_resource_id_is_found_in_a_body() {
        assertThat(scan("{\"resource_uuid\":\"u\",\"resource_id\":127,\"status\":\"running\"}"))
                .isEqualTo(127);
        assertThat(scan("{\"resource_id\": 9007199254740993}")).isEqualTo(9007199254740993L);
    }

    @Test
    void a_body_without_a_resource_id_has_none() {
        assertThat(scan("{\"resource_id\":\"x\"}")).isEqualTo(-1);
        assertThat(scan("{\"resource_id\":")).isEqualTo(-1);
        assertThat(scan("")).isEqualTo(-1);
    }

    @Test
    void two_readings_of_one_clock_enclose_a_third_between_them() {
        assertThat(BenchClock.lieInOrder(1, 2, 3)).isTrue();
        assertThat(BenchClock.lieInOrder(1, 4, 3)).isFalse();
        assertThat(BenchClock.lieInOrder(1, 0, 3)).isFalse();
    }

    private static long scan(String body) {
        return ResourceIdScan.of(body.getBytes(UTF_8));
    }

    private static Samples samples(Object... idsAndNanos) {
        Samples samples = new Samples();
        for (int i = 0; i < idsAndNanos.length; i += 2) {
            samples.add((String) idsAndNanos[i], ((Number) idsAndNanos[i + 1]).longValue());
        }
        return samples;
    }
}
