package io.cloudland.callback.process;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The addresses on which a process listens, as Linux tells them. */
record OpenSockets(List<String> listening, List<String> datagrams) {

    private static final String LISTEN = "0A";

    static OpenSockets of(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        Set<String> own = sockets(process);
        List<String> listening = new ArrayList<>();
        List<String> datagrams = new ArrayList<>();
        for (String protocol : List.of("tcp", "tcp6")) {
            listening.addAll(addresses(process, protocol, own, LISTEN));
        }
        for (String protocol : List.of("udp", "udp6")) {
            datagrams.addAll(addresses(process, protocol, own, ""));
        }
        return new OpenSockets(listening, datagrams);
    }

    private static Set<String> sockets(Path process) throws IOException {
        Set<String> inodes = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                String target = target(file);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String target(Path file) throws IOException {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        }
    }

    private static List<String> addresses(Path process, String protocol, Set<String> own, String state)
            throws IOException {
        List<String> addresses = new ArrayList<>();
        for (String line : Files.readAllLines(process.resolve("net").resolve(protocol))) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length > 9 && own.contains(fields[9]) && (state.isEmpty() || fields[3].equals(state))) {
                addresses.add(address(fields[1].split(":", -1)[0]));
            }
        }
        return addresses;
    }

    /** Each group of four bytes stands backwards; an IPv4 address inside an IPv6 one is told as what it is. */
    private static String address(String hex) throws IOException {
        byte[] written = HexFormat.of().parseHex(hex);
        byte[] bytes = new byte[written.length];
        for (int i = 0; i < written.length; i++) {
            bytes[i] = written[i / 4 * 4 + 3 - i % 4];
        }
        return InetAddress.getByAddress(bytes).getHostAddress();
    }
}
