package io.cloudland.callback.store.rocksdb;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers of one commit, handed over with one hop per context. Writer only. */
final class Answers {

    private static final Logger log = LoggerFactory.getLogger("store");

    private final IdentityHashMap<Context, List<Runnable>> byContext = new IdentityHashMap<>();
    private final List<Runnable> withoutContext = new ArrayList<>();

    <T> void succeed(Answer<T> answer, T value) {
        of(answer.context()).add(() -> answer.succeedHere(value));
    }

    void fail(Answer<?> answer, Throwable failure) {
        of(answer.context()).add(() -> answer.failHere(failure));
    }

    private List<Runnable> of(@Nullable Context context) {
        return context == null ? withoutContext : byContext.computeIfAbsent(context, key -> new ArrayList<>());
    }

    void handOver() {
        byContext.forEach((context, answers) -> Answer.run(context, () -> answers.forEach(Answers::guarded)));
        withoutContext.forEach(Answers::guarded);
    }

    /** What a caller does with its answer keeps no other caller from its own. */
    private static void guarded(Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException e) {
            log.error("A caller of the store failed while it took its answer; the store goes on", e);
        }
    }
}
