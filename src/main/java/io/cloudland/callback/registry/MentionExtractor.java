package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceType;

/**
 * Reads out of a command which resources it changed. Pure and fast: it runs on the registry's event loop.
 *
 * <p>What is wrong with the command goes into {@link Extraction#problems()}, or is thrown as a {@link CallbackException}.
 */
@FunctionalInterface
public interface MentionExtractor {

    Extraction extract(CommandMessage command);

    /** One resource, its id in the argument at {@code idArg}; the lookup tells its status. */
    static MentionExtractor byId(ResourceType type, int idArg) {
        return byId(type, idArg, StatusSource.lookup());
    }

    /** One resource, its id in the argument at {@code idArg}, its status from {@code status}. */
    static MentionExtractor byId(ResourceType type, int idArg, StatusSource status) {
        return command -> {
            try {
                return Extraction.of(
                        Mention.of(CommandArguments.resource(command, idArg, type), status.statusIn(command)));
            } catch (CallbackException problem) {
                return Extraction.failed(problem);
            }
        };
    }
}
