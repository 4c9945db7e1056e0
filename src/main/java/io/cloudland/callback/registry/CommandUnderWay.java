package io.cloudland.callback.registry;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.CommandKey;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A command from its arrival to the last of its events. Once each of its parts is settled or takes long, those that take
 * long are kept for later, all at once, and the sender need not wait. Confined to the registry's context.
 */
final class CommandUnderWay {

    private final long arrival;
    private final CommandMessage command;
    private final KeptCommands keeper;
    private final List<Part> parts;
    private int settledOrDelayed;
    private boolean keepBegan;
    private @Nullable Future<Void> keeping;

    /** @param arrival its place in the order of arrival */
    CommandUnderWay(long arrival, CommandMessage command, List<Mention> mentions, KeptCommands keeper) {
        this.arrival = arrival;
        this.command = command;
        this.keeper = keeper;
        this.parts = new ArrayList<>(mentions.size());
        List<Optional<CommandKey>> keys = CommandKeys.of(command, mentions);
        for (int i = 0; i < mentions.size(); i++) {
            parts.add(new Part(this, i, mentions.get(i), keys.get(i)));
        }
    }

    long arrival() {
        return arrival;
    }

    CommandMessage command() {
        return command;
    }

    String name() {
        return command.name();
    }

    /** One for each resource that it mentions. */
    List<Part> parts() {
        return parts;
    }

    /** A part is settled, or was found to take long. */
    void partMoved() {
        while (settledOrDelayed < parts.size() && parts.get(settledOrDelayed).isSettledOrDelayed()) {
            settledOrDelayed++;
        }
        if (settledOrDelayed == parts.size() && !keepBegan) {
            keepThoseThatWait();
        }
    }

    private void keepThoseThatWait() {
        List<Part> waiting = new ArrayList<>();
        for (Part part : parts) {
            if (part.wantsToBeKept()) {
                waiting.add(part);
            }
        }
        if (!waiting.isEmpty()) {
            keepBegan = true;
            keeping = keeper.keep(this, List.copyOf(waiting));
        }
    }

    /** Runs the step, after a keep that is under way. */
    Future<AppendResult> afterKeeping(Supplier<Future<AppendResult>> step) {
        return keeping == null || keeping.isComplete() ? step.get() : keeping.compose(kept -> step.get());
    }
}
