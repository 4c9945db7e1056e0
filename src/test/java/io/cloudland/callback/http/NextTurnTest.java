package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class NextTurnTest {

    @Test
    void steps_run_in_order_after_what_runs_now_has_returned_and_those_they_ask_for_in_a_turn_after_theirs(
            Vertx vertx) {
        Context context = vertx.getOrCreateContext();
        NextTurn next = new NextTurn(context);
        List<String> said = new ArrayList<>();
        Promise<Void> done = Promise.promise();
        context.runOnContext(now -> {
            next.run(() -> {
                said.add("one");
                next.run(() -> {
                    said.add("after both");
                    done.complete();
                });
            });
            next.run(() -> said.add("two"));
            said.add("now");
        });
        resultOf(done.future());
        assertThat(said).containsExactly("now", "one", "two", "after both");
    }

    @Test
    void a_step_that_throws_is_reported_and_keeps_no_other_from_running(Vertx vertx) {
        Context context = vertx.getOrCreateContext();
        NextTurn next = new NextTurn(context);
        Promise<Throwable> reported = Promise.promise();
        Promise<Void> ran = Promise.promise();
        context.exceptionHandler(reported::complete);
        context.runOnContext(now -> {
            next.run(() -> {
                throw new IllegalStateException("a step that fails");
            });
            next.run(ran::complete);
        });
        resultOf(ran.future());
        assertThat(resultOf(reported.future())).hasMessage("a step that fails");
    }
}
