package io.cloudland.callback.receiver;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.CallbackException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ReceiverFaultTest {

    private static final Buffer BODY =
            Buffer.buffer("{\"resource_type\":\"volume\",\"resource_id\":7,\"status\":\"available\"}");

    private Vertx vertx;
    private HttpClient client;
    private Receiver receiver;

    @BeforeEach
    void start(Vertx vertx) {
        this.vertx = vertx;
        client = vertx.createHttpClient();
    }

    private void faults(String text) throws Exception {
        receiver = Receiver.start(vertx, ReceiverOptions.onFreePort().withFaults(text))
                .await(5, SECONDS);
    }

    private Future<HttpClientResponse> post() {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(receiver.url());
        return client.request(options).compose(request -> request.send(BODY));
    }

    private Future<Buffer> postForBody() {
        return post().compose(HttpClientResponse::body);
    }

    @Test
    void a_wrong_fault_text_fails_the_start() {
        assertThatThrownBy(() -> faults("status=nonsense"))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("status=CODE");
    }

    @Test
    void a_status_is_answered_and_counts_as_rejected() throws Exception {
        faults("status=503");
        assertThat(post().await(5, SECONDS).statusCode()).isEqualTo(503);
        assertThat(receiver.report().rejected()).isEqualTo(1);
        assertThat(receiver.report().unique()).isZero();
    }

    @Test
    void another_2xx_counts_as_taken() throws Exception {
        faults("status=204");
        assertThat(post().await(5, SECONDS).statusCode()).isEqualTo(204);
        assertThat(receiver.report().unique()).isEqualTo(1);
    }

    @Test
    void a_delay_answers_later() throws Exception {
        faults("delay=80ms");
        long start = System.nanoTime();
        assertThat(post().await(5, SECONDS).statusCode()).isEqualTo(200);
        assertThat(System.nanoTime() - start).isGreaterThan(75_000_000);
        assertThat(receiver.report().unique()).isEqualTo(1);
    }

    @Test
    void a_sender_that_leaves_during_a_delay_took_nothing() throws Exception {
        faults("delay=300ms");
        client.request(new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(receiver.url()))
                .onSuccess(request -> {
                    request.send(BODY);
                    vertx.setTimer(50, left -> request.connection().close());
                })
                .await(5, SECONDS);
        await().until(() -> receiver.report().received() == 1);
        assertThat(receiver.report().rejected()).isEqualTo(1);
    }

    @Test
    void a_hang_never_answers() throws Exception {
        faults("hang");
        Future<HttpClientResponse> answer = post();
        await().until(() -> receiver.report().rejected() == 1);
        assertThat(answer.isComplete()).isFalse();
        receiver.close().await(5, SECONDS);
        await().until(answer::failed);
    }

    @Test
    void a_drip_goes_on_and_on() throws Exception {
        faults("drip=3b/5ms");
        AtomicInteger drops = new AtomicInteger();
        Future<Buffer> body = post().compose(response -> {
            assertThat(response.statusCode()).isEqualTo(200);
            response.handler(drop -> drops.addAndGet(drop.length()));
            return response.end().map(Buffer.buffer());
        });
        await().until(() -> drops.get() > 15);
        assertThat(body.isComplete()).isFalse();
        assertThat(receiver.report().rejected()).isEqualTo(1);
    }

    @Test
    void a_reset_ends_the_connection_without_an_answer() throws Exception {
        faults("reset");
        assertThatThrownBy(() -> post().await(5, SECONDS)).hasMessageContaining("closed");
        assertThat(receiver.report().rejected()).isEqualTo(1);
    }

    @Test
    void a_redirect_points_elsewhere() throws Exception {
        faults("redirect=http://127.0.0.1:1/elsewhere");
        HttpClientResponse answer = post().await(5, SECONDS);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.getHeader("location")).isEqualTo("http://127.0.0.1:1/elsewhere");
    }

    @Test
    void garbage_is_no_answer() throws Exception {
        faults("garbage");
        assertThatThrownBy(() -> postForBody().await(5, SECONDS)).isInstanceOf(Exception.class);
        assertThat(receiver.report().rejected()).isEqualTo(1);
    }

    @Test
    void the_first_few_fail_and_then_it_recovers() throws Exception {
        faults("delay=1ms,status=503@first:2");
        assertThat(post().await(5, SECONDS).statusCode()).isEqualTo(503);
        assertThat(post().await(5, SECONDS).statusCode()).isEqualTo(503);
        assertThat(post().await(5, SECONDS).statusCode()).isEqualTo(200);
    }
}
