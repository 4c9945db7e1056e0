package io.cloudland.callback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import org.junit.jupiter.api.Test;

class BusTlsTest {

    private static EventBusOptions whole() {
        return (EventBusOptions) new EventBusOptions()
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustAll(false)
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertPath("ca.crt"))
                .setKeyCertOptions(new PemKeyCertOptions().addCertPath("n.crt").addKeyPath("n.key"));
    }

    @Test
    void a_whole_configuration_is_taken_and_so_is_none() {
        assertThat(BusTls.problem(whole())).isEmpty();
        assertThat(BusTls.problem(new EventBusOptions())).isEmpty();
    }

    @Test
    void what_would_let_everybody_in_is_refused() {
        assertThat(BusTls.problem(whole().setTrustAll(true)))
                .hasValueSatisfying(text -> assertThat(text).contains("trustAll"));
        assertThat(BusTls.problem((EventBusOptions) whole().setTrustOptions(null)))
                .hasValueSatisfying(text -> assertThat(text).contains("pemTrustOptions"));
        assertThat(BusTls.problem((EventBusOptions) whole().setKeyCertOptions(null)))
                .hasValueSatisfying(text -> assertThat(text).contains("pemKeyCertOptions"));
        assertThat(BusTls.problem(whole().setClientAuth(ClientAuth.REQUEST)))
                .hasValueSatisfying(text -> assertThat(text).contains("clientAuth"));
    }

    @Test
    void vertx_s_own_defaults_are_among_what_is_refused() {
        assertThat(BusTls.problem((EventBusOptions) new EventBusOptions().setSsl(true)))
                .isPresent();
    }

    @Test
    void an_address_that_others_can_reach_without_tls_is_warned_of() {
        assertThat(BusTls.warning(new EventBusOptions().setHost("10.0.0.1")))
                .hasValueSatisfying(text -> assertThat(text).contains("10.0.0.1", "without TLS"));
        assertThat(BusTls.warning(whole().setHost("10.0.0.1"))).isEmpty();
        assertThat(BusTls.warning(new EventBusOptions().setHost("127.0.0.1"))).isEmpty();
    }
}
