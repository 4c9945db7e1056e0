package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import java.util.List;

/**
 * What a command names: the resources it changed, in its order, and what could not be read of it.
 *
 * @param problems each names the command, the argument and its value
 */
public record Extraction(List<Mention> mentions, List<CallbackException> problems) {

    /** One resource, and nothing wrong. */
    public static Extraction of(Mention mention) {
        return new Extraction(List.of(mention), List.of());
    }

    /** No resource, because of that problem. */
    public static Extraction failed(CallbackException problem) {
        return new Extraction(List.of(), List.of(problem));
    }
}
