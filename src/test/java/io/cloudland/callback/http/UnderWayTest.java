package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many attempts, one timer: each still ends at its own time. The name is never resolved, so that every attempt hangs. */
@ExtendWith(VertxExtension.class)
class UnderWayTest {

    private static final Duration TIMEOUT =
            Deliveries.endpoint("http://hangs.test/").timeout();

    private final VirtualTimers time = new VirtualTimers();
    private final Promise<List<InetAddress>> never = Promise.promise();
    private HttpAttemptSender sender;

    @BeforeEach
    void open(Vertx vertx) {
        Endpoint endpoint = Deliveries.endpoint("http://hangs.test/");
        sender = new HttpAttemptSender(
                vertx, endpoint, endpoint::secrets, 4, time, time, () -> true, name -> never.future());
    }

    private Future<AttemptOutcome> send() {
        return sender.send(Deliveries.delivery(), 1, time.now());
    }

    @Test
    void each_attempt_ends_at_its_own_deadline_and_not_before() {
        Future<AttemptOutcome> first = send();
        time.advance(Duration.ofSeconds(1));
        Future<AttemptOutcome> second = send();
        Future<AttemptOutcome> third = send();

        time.advance(TIMEOUT.minusSeconds(1).minusNanos(1));
        assertThat(first.isComplete()).isFalse();
        time.advance(Duration.ofNanos(1));
        assertThat(first.result()).isEqualTo(new AttemptOutcome.TimedOut(TIMEOUT));
        assertThat(second.isComplete()).isFalse();

        time.advance(Duration.ofSeconds(1));
        assertThat(List.of(second.result(), third.result())).containsOnly(new AttemptOutcome.TimedOut(TIMEOUT));
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void any_number_of_attempts_takes_one_timer_and_none_once_all_have_ended() {
        for (int attempt = 0; attempt < 100; attempt++) {
            send();
        }
        assertThat(time.scheduled()).isEqualTo(1);

        resultOf(sender.close());
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void an_attempt_that_starts_because_another_timed_out_has_its_whole_time() {
        Future<Future<AttemptOutcome>> next = send().map(late -> send());
        time.advance(TIMEOUT);
        assertThat(next.result().isComplete()).isFalse();
        assertThat(time.scheduled()).isEqualTo(1);

        time.advance(TIMEOUT.minusNanos(1));
        assertThat(next.result().isComplete()).isFalse();
        time.advance(Duration.ofNanos(1));
        assertThat(next.result().result()).isEqualTo(new AttemptOutcome.TimedOut(TIMEOUT));
    }
}
