package io.cloudland.callback.http;

import io.cloudland.callback.http.EmbeddedAddresses.Embedded;
import io.cloudland.callback.model.AddressRules;
import io.cloudland.callback.model.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a connection may go to an address. Pure.
 *
 * <p>Denied networks come first, then allowed ones, then the named policy. An IPv6 address that holds an IPv4 address, by
 * translation or for a tunnel, is judged as both; of the allowed networks it must be in one itself.
 */
public final class AddressPolicy {

    private final AddressRules rules;

    public AddressPolicy(AddressRules rules) {
        this.rules = rules;
    }

    /** By which rule connections may not go there; empty where they may. */
    public Optional<String> refusal(InetAddress address) {
        Optional<String> own = refusalOf(address, rules.base());
        if (own.isPresent()) {
            return own;
        }
        for (Embedded inside : EmbeddedAddresses.in(address)) {
            Optional<String> refusal = refusalOf(inside.address(), ofEmbedded());
            if (refusal.isPresent()) {
                return refusal.map(rule -> rule + ", inside " + inside.how());
            }
        }
        return Optional.empty();
    }

    /** The lists name what is connected to; what is inside it need not stand in them as well. */
    private AddressRules.Base ofEmbedded() {
        return rules.base() == AddressRules.Base.LISTED_ONLY ? AddressRules.Base.NO_LINK_LOCAL : rules.base();
    }

    private Optional<String> refusalOf(InetAddress address, AddressRules.Base base) {
        Optional<Network> denied = listed(rules.deny(), address);
        if (denied.isPresent()) {
            return denied.map(network -> "deny_networks (" + network + ")");
        }
        if (listed(rules.allow(), address).isPresent()) {
            return Optional.empty();
        }
        return switch (base) {
            case ALLOW_ALL -> Optional.empty();
            case NO_LINK_LOCAL -> SpecialNetworks.linkLocal(address).map(this::policy);
            case PUBLIC_ONLY -> SpecialNetworks.notPublic(address).map(this::policy);
            case LISTED_ONLY -> Optional.of(policy("not in allow_networks"));
        };
    }

    private static Optional<Network> listed(List<Network> networks, InetAddress address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return Optional.of(network);
            }
        }
        return Optional.empty();
    }

    private String policy(String why) {
        return "address_policy = \"" + rules.base().wireName() + "\" (" + why + ")";
    }

    /**
     * By which rule a host may not be asked for where somebody else resolves it, as a proxy does; empty where it may.
     *
     * <p>Addresses, in whatever spelling, are judged as such; of names only those are known that mean the machine itself
     * or a metadata service by convention.
     */
    public Optional<String> refusalOfHost(String host) {
        Optional<InetAddress> literal = HostLiteral.parse(host);
        if (literal.isPresent()) {
            return refusal(literal.get());
        }
        String name = HostLiteral.plain(host);
        if (SpecialNetworks.isLoopbackName(name)) {
            return refusal(InetAddress.getLoopbackAddress());
        }
        boolean metadata = SpecialNetworks.isMetadataName(name) && rules.base() != AddressRules.Base.ALLOW_ALL;
        return metadata ? Optional.of(policy("the name of a metadata service")) : Optional.empty();
    }
}
