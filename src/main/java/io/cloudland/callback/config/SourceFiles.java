package io.cloudland.callback.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files that one load of the configuration reads: the configuration itself, those of its secrets, and those with
 * certificates and keys.
 *
 * <p>Each is read once, so that what is checked, what is built and what is watched are of the same content. It knows the files
 * of a load that failed too, and those that could not be read.
 */
public final class SourceFiles {

    /** What some editors write before everything else. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Map<Path, byte[]> contents = new HashMap<>();
    private final Map<Path, Optional<String>> fingerprints = new LinkedHashMap<>();

    /** Each file with the fingerprint of what was read; empty where it could not be. */
    Map<Path, Optional<String>> fingerprints() {
        return fingerprints;
    }

    /** Forgets the contents, which hold secrets and keys; the fingerprints stay. */
    void forgetContents() {
        contents.clear();
    }

    byte[] read(Path file) throws IOException {
        byte[] known = contents.get(file);
        if (known != null) {
            return known;
        }
        fingerprints.putIfAbsent(file, Optional.empty());
        byte[] content = Files.readAllBytes(file);
        contents.put(file, content);
        fingerprints.put(file, Optional.of(fingerprint(content)));
        return content;
    }

    /** The text of a file, which is UTF-8, without a byte order mark at its start and white space at its end. */
    String text(Path file) throws IOException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(read(file)))
                .toString();
        return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).stripTrailing();
    }

    /** What the content of a file that was read is known by; the same for the same content, and tells nothing of it. */
    String fingerprint(Path file) {
        return fingerprints.getOrDefault(file, Optional.empty()).orElse("");
    }

    /** The fingerprint of what a file holds now; empty where it cannot be read. */
    static Optional<String> fingerprintNow(Path file) {
        try {
            return Optional.of(fingerprint(Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            return Optional.empty(); // The loader says why.
        }
    }

    private static String fingerprint(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
