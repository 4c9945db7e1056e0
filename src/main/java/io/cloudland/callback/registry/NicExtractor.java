package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the two NIC commands, which name their interface differently and must keep their order all the same. */
final class NicExtractor {

    private static final Optional<String> UNATTACHED = Optional.of("unattached");

    private NicExtractor() {}

    /** {@code attach_vm_nic <instance id> <MAC address> <hypervisor id>}. */
    static Extraction attach(CommandMessage command) {
        try {
            long instance =
                    CommandArguments.resource(command, 1, ResourceType.INSTANCE).id();
            ResourceLocator nic = new ResourceLocator.InterfaceByMac(instance, CommandArguments.macAddress(command, 2));
            return Extraction.of(new Mention(nic, Optional.empty(), false, OptionalLong.of(instance)));
        } catch (CallbackException problem) {
            return Extraction.failed(problem);
        }
    }

    /** {@code detach_vm_nic <instance id> <interface id> <hypervisor id>}; only the interface's id must be sound. */
    static Extraction detach(CommandMessage command) {
        try {
            ResourceRef nic = CommandArguments.resource(command, 2, ResourceType.INTERFACE);
            long instance = command.arg(1).map(CommandArguments::parseId).orElse(0L);
            OptionalLong nicsOf = instance > 0 ? OptionalLong.of(instance) : OptionalLong.empty();
            return Extraction.of(new Mention(new ResourceLocator.ById(nic), UNATTACHED, false, nicsOf));
        } catch (CallbackException problem) {
            return Extraction.failed(problem);
        }
    }
}
