package io.cloudland.callback.ingest;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.registry.CommandIntake;
import io.cloudland.callback.registry.CommandResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Knows {@code launch_vm} alone and answers it as told. */
public final class FakeIntake implements CommandIntake {

    public final List<CommandMessage> submitted = new CopyOnWriteArrayList<>();
    public volatile Function<CommandMessage, Future<CommandResult>> answer =
            command -> Future.failedFuture(new IllegalStateException("no answer set"));

    @Override
    public boolean isRegistered(String commandName) {
        return commandName.equals("launch_vm");
    }

    @Override
    public Future<CommandResult> submit(CommandMessage command) {
        submitted.add(command);
        return answer.apply(command);
    }
}
