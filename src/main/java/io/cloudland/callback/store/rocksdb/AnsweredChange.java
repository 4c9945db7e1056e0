package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import org.jspecify.annotations.Nullable;

/** A change whose caller waits to hear what came of it. */
abstract class AnsweredChange<T> implements Change {

    private final Answer<T> answer = new Answer<>();

    final Answer<T> answer() {
        return answer;
    }

    /** What the caller hears when the batch is written; null where it waits for nothing but the end. */
    abstract @Nullable T result();

    @Override
    @SuppressWarnings("NullAway") // Only Void has no value.
    public final void committed(Answers answers) {
        answers.succeed(answer, result());
    }

    @Override
    public final void failed(CallbackException failure, Answers answers) {
        answers.fail(answer, failure);
    }
}
