package io.cloudland.callback.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IsolationCompanyTest {

    @Test
    void a_round_has_each_company_once_and_every_other_round_goes_backwards() {
        assertThat(IsolationCompany.inOrderOf(1)).containsExactly(IsolationCompany.values());
        assertThat(IsolationCompany.inOrderOf(2))
                .containsExactly(IsolationCompany.BESIDE_BAD, IsolationCompany.BESIDE_WELL, IsolationCompany.ALONE);
        assertThat(IsolationCompany.inOrderOf(3)).isEqualTo(IsolationCompany.inOrderOf(1));
    }
}
