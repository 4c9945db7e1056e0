package io.cloudland.callback.cli.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class WireTest {

    private static final int PIPE = 1 << 16;

    private final Promise<JsonObject> late = Promise.promise();
    private final PipedOutputStream toThere = new PipedOutputStream();
    private final PipedOutputStream toHere = new PipedOutputStream();
    private Vertx vertx;
    private Wire here;

    @BeforeEach
    void connect(Vertx vertx) throws IOException {
        this.vertx = vertx;
        here = open(new PipedInputStream(toHere, PIPE), toThere, Map.of());
    }

    private Wire open(PipedInputStream in, OutputStream out, Map<String, Wire.Service> services) {
        return Wire.open(in, out, vertx.getOrCreateContext(), services);
    }

    private Wire openThere() throws IOException {
        return open(
                new PipedInputStream(toThere, PIPE),
                toHere,
                Map.of(
                        "echo", Future::succeededFuture,
                        "late", question -> late.future(),
                        "refuse",
                                question -> Future.failedFuture(
                                        new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 1301, "full")),
                        "break",
                                question -> {
                                    throw new IllegalArgumentException("cannot");
                                }));
    }

    private static JsonObject number(int number) {
        return new JsonObject().put("number", number);
    }

    @Test
    void many_questions_are_open_at_once_and_each_gets_its_own_answer() throws Exception {
        openThere();
        Future<JsonObject> waiting = here.ask("late", number(0));
        List<Future<JsonObject>> answers = new ArrayList<>();
        for (int i = 1; i <= 1000; i++) {
            answers.add(here.ask("echo", number(i)));
        }
        for (int i = 1; i <= 1000; i++) {
            assertThat(answers.get(i - 1).await(20, SECONDS)).isEqualTo(number(i));
        }
        assertThat(waiting.isComplete()).isFalse();
        late.complete(number(7));
        assertThat(waiting.await(20, SECONDS)).isEqualTo(number(7));
    }

    @Test
    void a_failure_arrives_with_its_code_and_text() throws Exception {
        openThere();
        assertThatThrownBy(() -> here.ask("refuse", new JsonObject()).await(20, SECONDS))
                .isInstanceOfSatisfying(ReplyException.class, failure -> {
                    assertThat(failure.failureCode()).isEqualTo(1301);
                    assertThat(failure).hasMessage("full");
                });
        assertThatThrownBy(() -> here.ask("break", new JsonObject()).await(20, SECONDS))
                .hasMessage("cannot");
        assertThatThrownBy(() -> here.ask("unheard", new JsonObject()).await(20, SECONDS))
                .hasMessageContaining("nobody here answers 'unheard'");
    }

    @Test
    void what_was_written_before_the_end_is_heard_and_a_torn_last_line_is_not() throws Exception {
        Future<JsonObject> first = here.ask("any", new JsonObject());
        Future<JsonObject> second = here.ask("any", new JsonObject());
        toHere.write("{\"answer\":1,\"body\":{\"number\":1}}\n{\"answer\":2,\"bo".getBytes(UTF_8));
        toHere.close();

        assertThat(first.await(20, SECONDS)).isEqualTo(number(1));
        assertThatThrownBy(() -> second.await(20, SECONDS)).isInstanceOf(WireEnded.class);
        here.ended().await(20, SECONDS); // Told after the questions that are open.
    }

    @Test
    void a_question_to_an_end_that_is_gone_fails_at_once() throws Exception {
        toHere.close();
        here.ended().await(20, SECONDS);
        assertThatThrownBy(() -> here.ask("any", new JsonObject()).await(20, SECONDS))
                .isInstanceOf(WireEnded.class);
    }
}
