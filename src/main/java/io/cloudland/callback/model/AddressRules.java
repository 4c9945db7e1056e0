package io.cloudland.callback.model;

import java.util.List;

/**
 * To which addresses an endpoint's connections may go.
 *
 * @param base what holds where neither list says anything
 * @param allow networks that are allowed whatever the base says
 * @param deny networks that are forbidden whatever else is said
 */
public record AddressRules(Base base, List<Network> allow, List<Network> deny) {

    /** What is kept from without a word of the operator: the metadata services of clouds and other link-local addresses. */
    public static final AddressRules DEFAULT = new AddressRules(Base.NO_LINK_LOCAL, List.of(), List.of());

    public AddressRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /** The named policies. */
    public enum Base {
        /** Every address. */
        ALLOW_ALL("allow-all"),
        /** Every address but link-local ones, the metadata services of clouds, and what is no host's address. */
        NO_LINK_LOCAL("no-link-local"),
        /** Addresses of the public internet alone. */
        PUBLIC_ONLY("public-only"),
        /** Nothing but the allowed networks. */
        LISTED_ONLY("listed-only");

        private final String wireName;

        Base(String wireName) {
            this.wireName = wireName;
        }

        /** The name in the configuration. */
        public String wireName() {
            return wireName;
        }
    }
}
