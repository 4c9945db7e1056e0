package io.cloudland.callback.model;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses, for example {@code 10.0.0.0/8} or {@code fd00::/8}; a single address is a range of one.
 *
 * @param base the first address; the bits beyond the prefix are zero
 * @param prefixBits how many leading bits an address of the range shares with the base
 */
public record Network(InetAddress base, int prefixBits) {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    private static final Pattern ZEROS = Pattern.compile("(^|:)(0(:|$)){2,}");
    private static final Pattern LEADING_ZERO = Pattern.compile("(^|\\.)0[0-9]");

    /** The range written as address and prefix length, or as a single address; empty where it is neither. */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String prefix = slash < 0 ? "" : text.substring(slash + 1);
        if (slash >= 0 && !prefix.matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        return address(address).flatMap(base -> of(base, prefix)).filter(Network::isBase);
    }

    /** A range that is known to be well written. */
    public static Network of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is not a network"));
    }

    private static Optional<Network> of(InetAddress base, String prefix) {
        int all = base.getAddress().length * 8;
        int bits = prefix.isEmpty() ? all : Integer.parseInt(prefix);
        return bits <= all ? Optional.of(new Network(base, bits)) : Optional.empty();
    }

    /** An address in its usual spelling; no name is ever resolved here. */
    private static Optional<InetAddress> address(String text) {
        boolean ipv4 =
                IPV4.matcher(text).matches() && !LEADING_ZERO.matcher(text).find();
        if (!ipv4 && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // In brackets Java takes nothing but an IPv6 literal, and asks nobody.
            return Optional.of(InetAddress.getByName(ipv4 ? text : "[" + text + "]"));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    private boolean isBase() {
        byte[] bytes = base.getAddress();
        for (int bit = prefixBits; bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the address is of this range; one of the other family never is. */
    public boolean contains(InetAddress address) {
        byte[] own = base.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        int whole = prefixBits / 8;
        for (int i = 0; i < whole; i++) {
            if (own[i] != other[i]) {
                return false;
            }
        }
        int rest = prefixBits % 8;
        return rest == 0 || (own[whole] & 0xff) >> (8 - rest) == (other[whole] & 0xff) >> (8 - rest);
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        String address = base.getHostAddress();
        return (base instanceof Inet6Address ? ZEROS.matcher(address).replaceFirst("::") : address) + "/" + prefixBits;
    }
}
