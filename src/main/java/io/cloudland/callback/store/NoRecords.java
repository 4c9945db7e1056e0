package io.cloudland.callback.store;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.LoggedAttempt;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lists dead letters and fails at all else: stands in until the stores have the rest. */
public record NoRecords(Function<Integer, Future<List<DeadLetter>>> newest) implements DeliveryRecords {

    @Override
    public Future<List<DeadLetter>> deadLetters(DeadLetterFilter filter, int limit) {
        return newest.apply(limit)
                .map(letters -> letters.stream().filter(filter::matches).toList());
    }

    @Override
    public Future<Replayed> replay(DeadLetterFilter filter, Predicate<String> endpoint) {
        return notYet();
    }

    @Override
    public Future<Long> purge(DeadLetterFilter filter) {
        return notYet();
    }

    @Override
    public Future<List<Delivery>> deliveries(DeliveryFilter filter, int limit) {
        return notYet();
    }

    @Override
    public Future<List<LoggedAttempt>> attempts(AttemptFilter filter, int limit) {
        return notYet();
    }

    private static <T> Future<T> notYet() {
        return Future.failedFuture(new CallbackException(ErrorCode.INTERNAL, "the store cannot do this yet"));
    }
}
