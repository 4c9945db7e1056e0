package io.cloudland.callback.store.postgresql;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Work on the writer's connection with transactions of its own, while nothing else is written. */
final class Job<T> extends Change {

    private final String what;
    private final Function<SqlConnection, Future<T>> work;
    private final Answer<T> answer = new Answer<>();
    private @Nullable T result;

    /** @param what for messages: completes "the store could not write" */
    Job(String what, Function<SqlConnection, Future<T>> work) {
        this.what = what;
        this.work = work;
    }

    Future<Void> run(SqlConnection connection) {
        return work.apply(connection)
                .map(done -> {
                    result = done;
                    return done;
                })
                .mapEmpty();
    }

    Future<T> future() {
        return answer.future();
    }

    @Override
    @SuppressWarnings("NullAway") // Known after run; Void has no other value.
    void committed() {
        answer.succeed(result);
    }

    @Override
    void failed(Throwable failure) {
        answer.fail(failure);
    }

    @Override
    String whatNow() {
        return "whether it took effect is not known, look and ask again";
    }

    @Override
    public String toString() {
        return what;
    }
}
