package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import java.util.Optional;

/** Reads the two NIC commands, which name their interface differently: one by its MAC address, the other by its id. */
final class NicExtractor {

    private static final Optional<String> UNATTACHED = Optional.of("unattached");

    private NicExtractor() {}

    /** {@code attach_vm_nic <instance id> <MAC address> <hypervisor id>}. */
    static Extraction attach(CommandMessage command) {
        try {
            long instance =
                    CommandArguments.resource(command, 1, ResourceType.INSTANCE).id();
            ResourceLocator nic = new ResourceLocator.InterfaceByMac(instance, CommandArguments.macAddress(command, 2));
            return Extraction.of(new Mention(nic, Optional.empty(), false));
        } catch (CallbackException problem) {
            return Extraction.failed(problem);
        }
    }

    /** {@code detach_vm_nic <instance id> <interface id> <hypervisor id>}; only the interface's id must be sound. */
    static Extraction detach(CommandMessage command) {
        try {
            ResourceRef nic = CommandArguments.resource(command, 2, ResourceType.INTERFACE);
            return Extraction.of(Mention.of(nic, UNATTACHED));
        } catch (CallbackException problem) {
            return Extraction.failed(problem);
        }
    }
}
