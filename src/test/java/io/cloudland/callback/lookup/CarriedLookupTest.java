package io.cloudland.callback.lookup;

import static io.cloudland.callback.lookup.Outcomes.failureOf;
import static io.cloudland.callback.lookup.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CarriedLookupTest extends ResourceLookupContract {

    private final FakeLookup next = new FakeLookup();
    private final ResourceLookup carried = new CarriedLookup(next);

    @Override
    protected ResourceLookup lookup() {
        return carried;
    }

    @Override
    protected CommandMessage commandAbout(JsonObject sample) {
        return Samples.carrying(sample);
    }

    @Test
    void the_snapshot_in_the_message_saves_the_lookup() {
        next.asked.clear();
        find(Samples.instance(123), Samples.INSTANCE);
        assertThat(next.asked).isEmpty();
    }

    @Test
    void without_a_snapshot_the_next_one_is_asked() {
        next.asked.clear();
        next.answer = locator -> Future.succeededFuture(Optional.of(Samples.expected(Samples.INSTANCE)));
        assertThat(resultOf(carried.find(Samples.instance(123), Samples.command("action_vm"))))
                .contains(Samples.expected(Samples.INSTANCE));
        assertThat(next.asked).containsExactly(Samples.instance(123));
        next.answer = FakeLookup.UNKNOWN;
    }

    @Test
    void a_snapshot_that_cannot_be_read_fails_and_asks_nobody() {
        next.asked.clear();
        failureOf(carried.find(Samples.instance(123), Samples.carrying(new JsonObject())), ErrorCode.INVALID_SNAPSHOT);
        assertThat(next.asked).isEmpty();
    }

    @Test
    void closing_closes_the_next_one() {
        FakeLookup other = new FakeLookup();
        resultOf(new CarriedLookup(other).close());
        assertThat(other.closed).isTrue();
    }
}
