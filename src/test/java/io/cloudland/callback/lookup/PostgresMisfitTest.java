package io.cloudland.callback.lookup;

import static io.cloudland.callback.lookup.Outcomes.failureOf;
import static io.cloudland.callback.lookup.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.config.LookupConfig;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

@DisabledIf(TestPostgres.CLIENT_FITS_VERTX)
class PostgresMisfitTest {

    @Test
    void a_client_that_does_not_fit_this_vertx_is_told_for_what_it_is() {
        Vertx vertx = Vertx.vertx();
        NetServer server =
                resultOf(vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));
        ResourceLookup lookup = new PostgresLookup(vertx, new CloudLandDatabase(config(server.actualPort())));
        assertThat(failureOf(
                        lookup.find(Samples.instance(123), Samples.command("launch_vm")), ErrorCode.LOOKUP_UNAVAILABLE))
                .hasMessageContainingAll("does not fit this Vert.x", "vertx-pg-client");
        resultOf(vertx.close());
    }

    private static LookupConfig.PostgreSql config(int port) {
        String uri = "postgresql://postgres@127.0.0.1:" + port + "/postgres";
        return new LookupConfig.PostgreSql(uri, Optional.empty(), 1, Duration.ofSeconds(10), Duration.ofSeconds(1));
    }
}
