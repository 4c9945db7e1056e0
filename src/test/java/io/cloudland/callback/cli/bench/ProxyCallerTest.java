package io.cloudland.callback.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxyCallerTest {

    private static final int SLOW_MILLIS = 400;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger heard = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private void answer(HttpServerRequest request) {
        int number = heard.incrementAndGet();
        request.body().onSuccess(body -> {
            if (number <= ProxyCaller.CONNECTIONS) {
                vertx.setTimer(SLOW_MILLIS, fired -> request.response().end(ProxyBench.ANSWER));
            } else {
                request.response().end(ProxyBench.ANSWER);
            }
        });
    }

    @Test
    void the_calls_of_the_first_second_in_which_connections_are_opened_are_made_and_not_counted() throws Exception {
        int port = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();

        ProxyCaller.Calls calls = new ProxyCaller(20, 5).call(port, 1);

        assertThat(calls.made()).isEqualTo(40);
        assertThat(heard).hasValue(40);
        assertThat(calls.latency().count()).isEqualTo(20);
        assertThat(calls.latency().maxMillis())
                .as("the first call of each connection took %d ms", SLOW_MILLIS)
                .isLessThan(SLOW_MILLIS);
    }
}
