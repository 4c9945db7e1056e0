package io.cloudland.callback.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of resource that CloudLand names, with the metadata keys an event of each carries, in their order. */
public enum ResourceType {
    INSTANCE("instance", "hostname", "hyper_id", "zone_id", "cpu", "memory", "disk"),
    VOLUME("volume", "name", "size", "instance_id", "target", "format", "path"),
    IMAGE("image", "name", "format", "os_code", "size", "architecture"),
    INTERFACE("interface", "name", "mac_addr", "instance_id", "hyper_id", "type"),
    FLOATING_IP("floating_ip"),
    ROUTER("router"),
    SUBNET("subnet"),
    SECURITY_GROUP("security_group"),
    HYPER("hyper");

    private static final Map<String, ResourceType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ResourceType::wireName, Function.identity()));

    private final String wireName;

    @SuppressWarnings("ImmutableEnumChecker") // Made with List.of.
    private final List<String> metadataKeys;

    ResourceType(String wireName, String... metadataKeys) {
        this.wireName = wireName;
        this.metadataKeys = List.of(metadataKeys);
    }

    /** The name in events and configuration, for example {@code floating_ip}. */
    public String wireName() {
        return wireName;
    }

    /** The metadata keys in the order of the event; empty where the platform defines none. */
    public List<String> metadataKeys() {
        return metadataKeys;
    }

    /** The type of that wire name, or empty. */
    public static Optional<ResourceType> ofWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }
}
