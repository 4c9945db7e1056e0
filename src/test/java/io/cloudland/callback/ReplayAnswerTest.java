package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.store.Replayed;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayAnswerTest {

    private static CallbackException failureOf(Replayed replayed) {
        Future<Long> answer = ReplayAnswer.of(replayed);
        assertThat(answer.failed()).isTrue();
        return (CallbackException) answer.cause();
    }

    @Test
    void what_was_replayed_is_the_answer_also_where_some_were_left() {
        assertThat(ReplayAnswer.of(new Replayed(3, 0, Map.of(), Optional.empty()))
                        .result())
                .isEqualTo(3);
        assertThat(ReplayAnswer.of(new Replayed(0, 0, Map.of(), Optional.empty()))
                        .result())
                .isZero();
        assertThat(ReplayAnswer.of(new Replayed(3, 1, Map.of("old", 2L), Optional.empty()))
                        .result())
                .isEqualTo(3);
    }

    @Test
    void a_replay_that_stopped_says_how_far_it_came_and_what_to_do() {
        CallbackException failure = failureOf(new Replayed(40, 0, Map.of(), Optional.of("queue_size allows 100")));

        assertThat(failure.code()).isEqualTo(ErrorCode.QUEUE_FULL);
        assertThat(failure).hasMessageContainingAll("40", "queue_size allows 100", "replay them again later");
    }

    @Test
    void where_all_was_left_the_reasons_are_told() {
        CallbackException failure = failureOf(new Replayed(0, 2, Map.of("old", 5L, "older", 1L), Optional.empty()));

        assertThat(failure.code()).isEqualTo(ErrorCode.NOT_REPLAYABLE);
        assertThat(failure)
                .hasMessageContainingAll(
                        "5 to endpoint old", "1 to endpoint older", "not configured", "2 whose stored");
    }
}
