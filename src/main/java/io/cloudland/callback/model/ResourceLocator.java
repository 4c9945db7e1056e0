package io.cloudland.callback.model;

/** How a command points at its resource. */
public sealed interface ResourceLocator {

    ResourceType type();

    /** By type and database id, as nearly every command does. */
    record ById(ResourceRef resource) implements ResourceLocator {
        @Override
        public ResourceType type() {
            return resource.type();
        }

        @Override
        public String toString() {
            return resource.toString();
        }
    }

    /** The network interface with this MAC address on this instance, as {@code attach_vm_nic} does. */
    record InterfaceByMac(long instanceId, String macAddress) implements ResourceLocator {
        @Override
        public ResourceType type() {
            return ResourceType.INTERFACE;
        }

        @Override
        public String toString() {
            return "interface " + macAddress + " of instance/" + instanceId;
        }
    }
}
