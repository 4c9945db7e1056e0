package io.cloudland.callback.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CommandsInWorkTest {

    private final AtomicLong kept = new AtomicLong();
    private final CommandsInWork inWork = new CommandsInWork(3, kept::get);

    private Future<CommandResult> track(Promise<CommandResult> result) {
        return inWork.track("launch_vm", result.future());
    }

    @Test
    void what_is_kept_counts_as_well() {
        track(Promise.promise());
        kept.set(1);
        assertThat(inWork.refusal("launch_vm")).isNull();
        kept.set(2);
        assertThat(inWork.refusal("launch_vm")).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.QUEUE_FULL);
            assertThat(refusal).hasMessageContaining("3 commands are in work");
        });
    }

    @Test
    void one_who_throws_on_the_end_keeps_nobody_from_their_answer() {
        List<String> answered = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = "waiter " + i;
            track(Promise.promise()).onComplete(ended -> {
                answered.add(name);
                throw new AssertionError("a defect");
            });
        }
        inWork.close();
        inWork.abandon();
        assertThat(answered).hasSize(3);
        assertThat(inWork.drained().isComplete()).isTrue();
    }

    @Test
    void one_who_throws_on_its_answer_is_seen_out_all_the_same() {
        Promise<CommandResult> result = Promise.promise();
        track(result).onComplete(ended -> {
            throw new AssertionError("a defect");
        });
        inWork.close();
        result.complete(new CommandResult.Ignored(IgnoreReason.UNCHANGED));
        assertThat(inWork.size()).isZero();
        assertThat(inWork.drained().isComplete()).isTrue();
    }
}
