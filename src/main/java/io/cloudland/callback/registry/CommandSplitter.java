package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits commands into the resources that they mention, has the events of these made, and sums up what became of them.
 * Confined to the registry's context.
 */
final class CommandSplitter {

    private static final Logger log = LoggerFactory.getLogger("registry");

    private final PartTurns turns;
    private final KeptCommands kept;
    private final KeptFailures failures;
    private long lastArrival;

    CommandSplitter(PartTurns turns, KeptCommands kept, KeptFailures failures) {
        this.turns = turns;
        this.kept = kept;
        this.failures = failures;
    }

    /** A command that has just come in. */
    Future<CommandResult> take(CommandMessage command, RegistryRules rules) {
        CommandDefinition definition = rules.commands().get(command.name());
        if (definition == null) {
            return Future.succeededFuture(new CommandResult.Ignored(IgnoreReason.NOT_REGISTERED));
        }
        Extraction extraction = definition.extractor().extract(command);
        CommandUnderWay underWay = new CommandUnderWay(++lastArrival, command, extraction.mentions(), kept);
        List<Future<AppendResult>> answers = new ArrayList<>(underWay.parts().size());
        for (Part part : underWay.parts()) {
            turns.take(rules, definition, part);
            answers.add(part.answer());
        }
        return whenComplete(answers, () -> CommandAnswer.on(command.name(), answers, extraction.problems()));
    }

    private static Future<CommandResult> whenComplete(
            List<Future<AppendResult>> answers, Supplier<Future<CommandResult>> sum) {
        for (Future<AppendResult> answer : answers) {
            if (!answer.isComplete()) {
                return Future.join(answers).transform(all -> sum.get());
            }
        }
        return sum.get();
    }

    /** Puts the commands that were kept before back into their lines; completes when all stand there. */
    Future<Void> resume(RegistryRules rules) {
        lastArrival = kept.lastArrival();
        return kept.handOut(command -> resume(command, rules))
                .onSuccess(count -> {
                    if (count > 0) {
                        log.info(
                                "{} commands that were kept while the lookup did not answer are taken up again", count);
                    }
                })
                .mapEmpty();
    }

    /** Arrivals that no command has or gets, so many; the first of them. */
    long reserveArrivals(int count) {
        long first = lastArrival + 1;
        lastArrival += count;
        return first;
    }

    /** Puts a command that was kept into the lines of its resources. */
    void resume(KeptCommand command, RegistryRules rules) {
        try {
            resume(command, rules, definition(command, rules));
        } catch (RuntimeException | Error failure) {
            CallbackException why = KeptCommands.unreadable(command, failure);
            command.parts().forEach(row -> failures.letGo(command.command(), row.toString(), row, why));
        }
    }

    private static CommandDefinition definition(KeptCommand command, RegistryRules rules) {
        String name = command.command().name();
        CommandDefinition definition = rules.commands().get(name);
        if (definition == null) {
            throw new CallbackException(
                    ErrorCode.INVALID_COMMAND_LINE, "command " + name + " is not registered any more");
        }
        return definition;
    }

    private void resume(KeptCommand command, RegistryRules rules, CommandDefinition definition) {
        List<Mention> mentions =
                definition.extractor().extract(command.command()).mentions();
        CommandUnderWay underWay = new CommandUnderWay(command.arrival(), command.command(), mentions, kept);
        for (KeptPart row : command.parts()) {
            if (row.index() < mentions.size()) {
                Part part = underWay.parts().get(row.index());
                part.isKeptAs(row);
                turns.take(rules, definition, part);
            } else {
                failures.letGo(command.command(), row.toString(), row, namesFewer(command, mentions.size()));
            }
        }
    }

    private static CallbackException namesFewer(KeptCommand command, int now) {
        return new CallbackException(
                ErrorCode.MISSING_RESOURCE_ID,
                "command " + command.command().name() + " named more resources when it was kept than the " + now
                        + " that are read from it now");
    }
}
