package io.cloudland.callback.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.CallbackException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultGrammarTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "status=503",
                "status=500@10%",
                "status=503@first:3",
                "delay=50ms",
                "delay=2s",
                "hang",
                "hang@0.5%",
                "drip=1b/100ms",
                "reset@first:1",
                "redirect=http://127.0.0.1:1/a,b?c=d@e",
                "redirect=http://user@host/@first:2",
                "garbage",
                "delay=50ms,status=503@10%,reset@first:2,garbage"
            })
    void a_fault_text_reads_back_as_itself(String text) {
        assertThat(FaultPlan.of(text, 1).text()).isEqualTo(text);
    }

    @Test
    void blanks_around_commas_do_not_matter() {
        assertThat(FaultPlan.of(" delay=50ms , status=503 ", 1).text()).isEqualTo("delay=50ms,status=503");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status=99",
                "status=600",
                "status=abc",
                "status=503@",
                "status=503@x%",
                "status=503@101%",
                "status=503@first:",
                "delay=50",
                "delay=",
                "hang=1",
                "drip=1/100ms",
                "drip=0b/1s",
                "drip=1b/0ms",
                "redirect=",
                "redirect=http://a b",
                "nonsense",
                "status=503,nonsense",
                ",",
                "hang,status=503"
            })
    void a_wrong_text_is_refused_with_the_grammar(String text) {
        assertThatThrownBy(() -> FaultPlan.of(text, 1))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("CONFIG_INVALID")
                .hasMessageContaining("drip=Nb/TIME");
    }

    @Test
    void the_first_n_are_struck_and_no_more() {
        FaultPlan plan = FaultPlan.of("status=503@first:2", 1);
        assertThat(plan.next()).containsExactly(new Fault.Status(503));
        assertThat(plan.next()).containsExactly(new Fault.Status(503));
        assertThat(plan.next()).isEmpty();
    }

    @Test
    void a_rate_strikes_about_that_share_and_the_same_events_for_the_same_seed() {
        List<Integer> struck = struck(FaultPlan.of("status=500@10%", 7));
        assertThat(struck.size()).isBetween(800, 1200);
        assertThat(struck(FaultPlan.of("status=500@10%", 7))).isEqualTo(struck);
        assertThat(struck(FaultPlan.of("status=500@10%", 8))).isNotEqualTo(struck);
    }

    private static List<Integer> struck(FaultPlan plan) {
        return IntStream.range(0, 10_000)
                .filter(i -> !plan.next().isEmpty())
                .boxed()
                .toList();
    }

    @Test
    void delays_add_to_what_strikes_after_them() {
        FaultPlan plan = FaultPlan.of("delay=1ms,delay=2ms,reset@first:1,status=503", 1);
        assertThat(plan.next()).hasSize(3).last().isEqualTo(new Fault.Reset());
        assertThat(plan.next()).hasSize(3).last().isEqualTo(new Fault.Status(503));
    }
}
