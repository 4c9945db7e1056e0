package io.cloudland.callback.cli.bench;

import static io.cloudland.callback.cli.bench.IsolationCompany.ALONE;
import static io.cloudland.callback.cli.bench.IsolationCompany.BESIDE_BAD;
import static io.cloudland.callback.cli.bench.IsolationCompany.BESIDE_WELL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IsolationCompanyTest {

    @Test
    void a_round_has_each_company_once_and_every_other_round_goes_backwards() {
        assertThat(IsolationCompany.inOrderOf(1, true)).containsExactly(ALONE, BESIDE_WELL, BESIDE_BAD);
        assertThat(IsolationCompany.inOrderOf(2, true)).containsExactly(BESIDE_BAD, BESIDE_WELL, ALONE);
        assertThat(IsolationCompany.inOrderOf(3, true)).isEqualTo(IsolationCompany.inOrderOf(1, true));
    }

    @Test
    void those_that_are_well_come_only_where_they_are_asked_for() {
        assertThat(IsolationCompany.inOrderOf(1, false)).containsExactly(ALONE, BESIDE_BAD);
        assertThat(IsolationCompany.inOrderOf(2, false)).containsExactly(BESIDE_BAD, ALONE);
    }
}
