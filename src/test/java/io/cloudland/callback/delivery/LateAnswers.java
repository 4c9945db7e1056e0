package io.cloudland.callback.delivery;

import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Every answer of the store but that to an append comes when the test says so, and what it notes takes effect no sooner. */
final class LateAnswers {

    private final FakeSender endpoint;
    private final VirtualTimers time;
    private final List<Supplier<Future<?>>> calls = new ArrayList<>();
    private final List<Promise<Object>> answers = new ArrayList<>();

    LateAnswers(FakeSender endpoint, VirtualTimers time) {
        this.endpoint = endpoint;
        this.time = time;
    }

    /** An {@code Interposed.Between}. */
    Future<?> late(String method, Supplier<Future<?>> call) {
        if (method.equals("append")) {
            return call.get();
        }
        Promise<Object> answer = Promise.promise();
        calls.add(call);
        answers.add(answer);
        return answer.future();
    }

    /** How many calls wait for their answer. */
    int count() {
        return answers.size();
    }

    /** Answers the first that waits. */
    void next() {
        answer(0);
    }

    /** Answers all that wait, and those that come of it. */
    void all() {
        while (!answers.isEmpty()) {
            next();
        }
    }

    private void answer(int index) {
        Promise<Object> answer = answers.remove(index);
        calls.remove(index).get().onSuccess(answer::complete).onFailure(answer::fail);
    }

    /** Some answers of store and endpoint in any order, and now and then some time. */
    void step(Random random, int failingPercent) {
        for (int i = random.nextInt(40); i > 0; i--) {
            if (!answers.isEmpty() && random.nextBoolean()) {
                answer(random.nextInt(answers.size()));
            } else if (endpoint.underWay() > 0) {
                endpoint.takeAny().answers(random.nextInt(100) < failingPercent ? 503 : 200);
            }
        }
        if (random.nextInt(10) == 0) {
            time.advance(Duration.ofMillis(random.nextInt(6_000)));
        }
    }
}
