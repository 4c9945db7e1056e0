package io.cloudland.callback.http;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the IPv4 addresses inside an IPv6 address: whoever connects to it may end up at one of them, by translation or
 * through a tunnel. Pure.
 */
final class EmbeddedAddresses {

    /**
     * An IPv4 address inside an IPv6 address.
     *
     * @param how the name of the way in which it is inside
     */
    record Embedded(InetAddress address, String how) {}

    private static final long NAT64 = 0x0064_ff9b_0000_0000L;
    private static final int ISATAP = 0x5efe;

    private final ByteBuffer bytes;
    private final List<Embedded> found = new ArrayList<>(2);

    private EmbeddedAddresses(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** What is inside that address; nothing inside most. */
    static List<Embedded> in(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? List.of() : new EmbeddedAddresses(bytes).find();
    }

    private List<Embedded> find() {
        long high = bytes.getLong(0);
        int third = bytes.getInt(8);
        if (high == 0 && (third == 0 || third == 0xffff || third == 0xffff_0000)) {
            addIfHost(bytes.getInt(12), "an IPv4-mapped address");
        }
        if (high == NAT64 && third == 0) {
            add(bytes.getInt(12), "NAT64");
        }
        if (high >>> 16 == 0x0064_ff9b_0001L) {
            // RFC 6052 knows several places, and which one a network uses it does not tell.
            addIfHost(bytes.getInt(12), "NAT64");
            addIfHost((int) (high << 16) | (bytes.getShort(9) & 0xffff), "NAT64");
            addIfHost((int) (high << 24) | (third & 0xff_ffff), "NAT64");
            addIfHost(bytes.getInt(9), "NAT64");
        }
        findTunnels(high, third);
        return found;
    }

    private void findTunnels(long high, int third) {
        if (high >>> 48 == 0x2002) {
            add(bytes.getInt(2), "6to4");
        }
        if (high >>> 32 == 0x2001_0000L) {
            add(bytes.getInt(4), "Teredo");
            add(~bytes.getInt(12), "Teredo");
        }
        if ((third & 0xfdff_ffff) == ISATAP) {
            add(bytes.getInt(12), "ISATAP");
        }
    }

    /** What starts with a zero is no address of a host, but {@code ::1}, or another place of the address. */
    private void addIfHost(int ipv4, String how) {
        if (ipv4 >>> 24 != 0) {
            add(ipv4, how);
        }
    }

    private void add(int ipv4, String how) {
        found.add(new Embedded(HostLiteral.ofIpv4(ipv4), how));
    }
}
