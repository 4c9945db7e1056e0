package io.cloudland.callback.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void the_median_is_the_middle_or_the_mean_of_the_middle_two() {
        assertThat(Figures.median(9, 1, 5)).isEqualTo(5);
        assertThat(Figures.median(4, 1, 3, 100)).isEqualTo(3.5);
        assertThat(Figures.median()).isZero();
    }

    @Test
    void each_figure_has_its_own_median() {
        List<Figures> rounds = List.of(new Figures(1, 30, 5), new Figures(2, 10, 6), new Figures(3, 20, 4));
        assertThat(Figures.medians(rounds)).isEqualTo(new Figures(2, 20, 5));
    }

    @Test
    void cpu_is_told_for_a_hundred_thousand_deliveries() {
        assertThat(Figures.cpuSecondsPer100k(3_000_000_000L, 150_000)).isEqualTo(2);
        assertThat(Figures.cpuSecondsPer100k(3_000_000_000L, 0)).isZero();
    }

    @Test
    void what_is_possible_is_in_flight_over_the_time_of_an_answer() {
        assertThat(Figures.possiblePerSecond(64, 50)).isEqualTo(1280);
        assertThat(Figures.possiblePerSecond(256, 50)).isEqualTo(5120);
        assertThat(Figures.possiblePerSecond(3, 50)).isEqualTo(60);
    }

    @Test
    void a_percentage_of_nothing_is_zero() {
        assertThat(Figures.percent(1216, 1280)).isEqualTo(95);
        assertThat(Figures.percent(1, 0)).isZero();
    }
}
