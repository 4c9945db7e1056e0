package io.cloudland.callback.registry;

import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A resource that a command changed, as the command names it.
 *
 * @param status the resource's new status, where the command states it
 * @param onlyIfChanged make an event only where the status differs from the last one known
 * @param nicsOf the instance whose network interfaces' order this takes part in: attaching a NIC names the instance and a
 *     MAC address, detaching it the interface, and only the instance tells that both belong together
 */
public record Mention(ResourceLocator locator, Optional<String> status, boolean onlyIfChanged, OptionalLong nicsOf) {

    public Mention(ResourceLocator locator, Optional<String> status, boolean onlyIfChanged) {
        this(locator, status, onlyIfChanged, OptionalLong.empty());
    }

    /** A resource by its id, with an event for every command. */
    public static Mention of(ResourceRef resource, Optional<String> status) {
        return new Mention(new ResourceLocator.ById(resource), status, false);
    }
}
