package io.cloudland.callback.registry;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.store.CommandKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells by which keys a command with an id is known when it is sent again: one for each resource, in the words of the
 * command, so that no lookup is needed to tell them. Pure.
 */
final class CommandKeys {

    private CommandKeys() {}

    /** In the order of the mentions; a resource that is mentioned twice has two. */
    static List<Optional<CommandKey>> of(CommandMessage command, List<Mention> mentions) {
        if (command.id().isEmpty()) {
            return Collections.nCopies(mentions.size(), Optional.empty());
        }
        Map<String, Integer> times = new HashMap<>();
        List<Optional<CommandKey>> keys = new ArrayList<>(mentions.size());
        for (Mention mention : mentions) {
            String words = command.name() + " " + mention.locator();
            int time = times.merge(words, 1, Integer::sum);
            keys.add(Optional.of(new CommandKey(command.id().get(), time == 1 ? words : words + " #" + time)));
        }
        return keys;
    }
}
