package io.cloudland.callback.registry;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.ResourceType;

/**
 * What a command means: which kind of resource it changes, what it does to it, and how it names it.
 *
 * @param name without path and {@code .sh}, for example {@code launch_vm}
 */
public record CommandDefinition(String name, ResourceType resourceType, Action action, MentionExtractor extractor) {

    public CommandDefinition {
        if (name.isBlank() || name.endsWith(".sh") || name.chars().anyMatch(c -> c == '/' || c <= ' ')) {
            throw new IllegalArgumentException(
                    "a command's name has no path, no .sh and no white space, was " + CommandArguments.shown(name));
        }
    }
}
