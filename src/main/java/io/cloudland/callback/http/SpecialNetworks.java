package io.cloudland.callback.http;

import io.cloudland.callback.model.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The networks and names that are special to the policies, after the registries of IANA and the manuals of the clouds. */
final class SpecialNetworks {

    /**
     * A network with the reason why it is special.
     *
     * @param what for example {@code link-local}
     */
    record Special(Network network, String what) {
        static Special of(String network, String what) {
            return new Special(Network.of(network), what);
        }
    }

    /** Link-local addresses, metadata services that stand elsewhere, and what is no host's address. */
    private static final List<Special> LINK_LOCAL = List.of(
            Special.of("169.254.0.0/16", "link-local"),
            Special.of("fe80::/10", "link-local"),
            Special.of("fd00:ec2::/32", "metadata service of AWS"),
            Special.of("fd20:ce::/32", "metadata service of Google Cloud"),
            Special.of("fd00:42::42/128", "metadata service of Scaleway"),
            Special.of("fd00:c1::/32", "metadata service of Oracle Cloud"),
            Special.of("100.100.100.200/32", "metadata service of Alibaba Cloud"),
            Special.of("168.63.129.16/32", "metadata service of Azure"),
            Special.of("192.0.0.192/32", "metadata service of Oracle Cloud"),
            Special.of("0.0.0.0/8", "this host"),
            Special.of("::/128", "this host"),
            Special.of("224.0.0.0/4", "multicast"),
            Special.of("ff00::/8", "multicast"),
            Special.of("255.255.255.255/32", "broadcast"));

    private static final List<Special> NOT_PUBLIC = Stream.concat(
                    LINK_LOCAL.stream(),
                    Stream.of(
                            Special.of("127.0.0.0/8", "loopback"),
                            Special.of("::1/128", "loopback"),
                            Special.of("10.0.0.0/8", "private"),
                            Special.of("172.16.0.0/12", "private"),
                            Special.of("192.168.0.0/16", "private"),
                            Special.of("fc00::/7", "private"),
                            Special.of("fec0::/10", "private"),
                            Special.of("100.64.0.0/10", "shared by carriers"),
                            Special.of("192.0.0.0/24", "protocol assignments"),
                            Special.of("192.0.2.0/24", "documentation"),
                            Special.of("198.51.100.0/24", "documentation"),
                            Special.of("203.0.113.0/24", "documentation"),
                            Special.of("192.88.99.0/24", "6to4 relay"),
                            Special.of("198.18.0.0/15", "benchmarks"),
                            Special.of("240.0.0.0/4", "reserved"),
                            Special.of("2001::/23", "protocol assignments"),
                            Special.of("2001:db8::/32", "documentation"),
                            Special.of("3fff::/20", "documentation"),
                            Special.of("2002::/16", "6to4")))
            .toList();

    /** What IPv6 has given out to hosts of the internet, and the well-known prefix that leads to IPv4. */
    private static final List<Network> GLOBAL_IPV6 = List.of(Network.of("2000::/3"), Network.of("64:ff9b::/96"));

    private static final Set<String> METADATA_NAMES = Set.of(
            "metadata",
            "metadata.google.internal",
            "metadata.goog",
            "metadata.azure.internal",
            "metadata.azure.com",
            "instance-data",
            "instance-data.ec2.internal",
            "metadata.tencentyun.com",
            "metadata.oraclecloud.com",
            "metadata.platformequinix.com",
            "metadata.packet.net");

    private static final Set<String> LOOPBACK_NAMES =
            Set.of("localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback");

    private SpecialNetworks() {}

    /** Why the address is link-local or the like; empty where it is not. */
    static Optional<String> linkLocal(InetAddress address) {
        return first(LINK_LOCAL, address);
    }

    /** Why the address is not of the public internet; empty where it is. */
    static Optional<String> notPublic(InetAddress address) {
        Optional<String> special = first(NOT_PUBLIC, address);
        boolean ipv6 = address.getAddress().length == 16;
        boolean foreign = ipv6 && GLOBAL_IPV6.stream().noneMatch(network -> network.contains(address));
        return special.isEmpty() && foreign ? Optional.of("not in use on the internet") : special;
    }

    private static Optional<String> first(List<Special> networks, InetAddress address) {
        for (Special special : networks) {
            if (special.network().contains(address)) {
                return Optional.of(special.what() + ", " + special.network());
            }
        }
        return Optional.empty();
    }

    /** Whether a name, in small letters and without a trailing dot, leads to a metadata service by convention. */
    static boolean isMetadataName(String name) {
        return METADATA_NAMES.contains(name);
    }

    /** Whether a name, in small letters and without a trailing dot, is the machine itself by convention. */
    static boolean isLoopbackName(String name) {
        return LOOPBACK_NAMES.contains(name) || name.endsWith(".localhost");
    }
}
