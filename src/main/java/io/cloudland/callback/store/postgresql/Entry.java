package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.KeptPart;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change that is decided in order with those beside it, by what the database says under the locks of its transaction. */
abstract class Entry<T> extends Change {

    private final Answer<T> answer = new Answer<>();
    private @Nullable Throwable refused;
    private boolean inDoubt;
    private boolean givenUp;

    final Answer<T> answer() {
        return answer;
    }

    /** The resource whose state it needs, and whose slot it locks. */
    Optional<ResourceRef> resource() {
        return Optional.empty();
    }

    /** What it asks about. */
    List<CommandKey> keys() {
        return List.of();
    }

    /** The kept part that it takes out. */
    Optional<KeptPart> part() {
        return Optional.empty();
    }

    /** Decides, and notes what is to be written. May run again, on another view, where the transaction has to be repeated. */
    abstract void applyTo(View view);

    /** What the caller is told, known after {@link #applyTo}. */
    abstract T result();

    /** One that is refused, or has a defect, changes nothing and keeps no other from its place. */
    final void decide(View view) {
        refused = null;
        try {
            applyTo(view);
        } catch (RuntimeException | Error failure) {
            refused = CallbackException.of(failure, "a defect while the store took in " + this);
        }
    }

    @Override
    Patience.Kind patience() {
        return inDoubt ? Patience.Kind.IN_DOUBT : Patience.Kind.LIMITED;
    }

    /** The commit was sent and its answer got lost; until the database is asked, nobody knows. */
    final void inDoubt() {
        inDoubt = true;
    }

    /** It was not committed. */
    final void outOfDoubt() {
        inDoubt = false;
    }

    /** Whether its caller has been told that it failed. */
    final boolean isGivenUp() {
        return givenUp;
    }

    @Override
    final String whatNow() {
        return inDoubt
                ? "whether it was kept before the database went away is not known, if it was it is delivered; sent again it"
                        + " may make a second event, with an id it makes none"
                : "it was not kept, send it again later";
    }

    @Override
    final void committed() {
        if (refused == null) {
            answer.succeed(result());
        } else {
            answer.fail(refused);
        }
    }

    @Override
    final void failed(Throwable failure) {
        givenUp = true;
        answer.fail(failure);
    }
}
