package io.cloudland.callback.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a host that is an address, in every spelling that some resolver takes for one: decimal, octal and hexadecimal
 * parts, one to four of them, IPv6 with and without brackets and zone, wide digits, percent-encoding, a trailing dot. Pure.
 */
final class HostLiteral {

    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]*|[0-9]+");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f.]*:[0-9a-f:.]*");
    private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");
    private static final int LONGEST = 128;
    private static final int LONGEST_PART = 32;

    private HostLiteral() {}

    /** The address that the host spells; empty where it is a name. */
    static Optional<InetAddress> parse(String host) {
        String plain = plain(host);
        if (plain.length() > LONGEST) {
            return Optional.empty();
        }
        return plain.indexOf(':') >= 0 ? ipv6(plain) : ipv4(plain);
    }

    /** The host in small letters and plain digits, without brackets, zone and trailing dot. */
    static String plain(String host) {
        String plain = host;
        if (plain.startsWith("[") && plain.endsWith("]")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        if (plain.indexOf(':') >= 0) {
            plain = plain.replaceFirst("%.*", "");
        }
        String decoded = ENCODED.matcher(plain)
                .replaceAll(code -> String.valueOf((char) Integer.parseInt(code.group(1), 16))
                        .replace("\\", "\\\\")
                        .replace("$", "\\$"));
        String narrow = Normalizer.normalize(decoded, Normalizer.Form.NFKC).replace('\u3002', '.');
        String dotless = narrow.endsWith(".") ? narrow.substring(0, narrow.length() - 1) : narrow;
        return dotless.toLowerCase(Locale.ROOT);
    }

    private static Optional<InetAddress> ipv6(String text) {
        if (!IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // In brackets Java takes nothing but an IPv6 literal, and asks nobody.
            return Optional.of(InetAddress.getByName("[" + text + "]"));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    /** As the C library reads it: the last part fills all bytes that the parts before it leave. */
    private static Optional<InetAddress> ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            long limit = last ? 1L << (8 * (5 - parts.length)) : 256;
            long part = number(parts[i]);
            if (part < 0 || part >= limit) {
                return Optional.empty();
            }
            address = (address << (last ? 8 * (5 - parts.length) : 8)) | part;
        }
        return Optional.of(ofIpv4((int) address));
    }

    /** The number, or -1 where it is none that could be part of an address. */
    private static long number(String part) {
        if (!NUMBER.matcher(part).matches() || part.length() > LONGEST_PART) {
            return -1;
        }
        try {
            if (part.startsWith("0x")) {
                return part.length() == 2 ? 0 : Long.parseLong(part.substring(2), 16);
            }
            return part.length() > 1 && part.startsWith("0") ? Long.parseLong(part, 8) : Long.parseLong(part);
        } catch (NumberFormatException notOctal) {
            return -1;
        }
    }

    static InetAddress ofIpv4(int bits) {
        return ofBytes(ByteBuffer.allocate(4).putInt(bits).array());
    }

    static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(bytes.length + " bytes are no address", impossible);
        }
    }
}
