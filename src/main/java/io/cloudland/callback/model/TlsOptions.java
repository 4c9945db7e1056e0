package io.cloudland.callback.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What an endpoint's TLS connections trust, show and accept.
 *
 * @param trust the authorities that are trusted instead of the system's
 * @param client the certificate and key that are shown to a receiver that asks for them
 * @param minVersion the oldest version that is spoken
 * @param serverName the name that is asked for in the handshake and must be in the certificate, where it is not the
 *     endpoint's host
 */
public record TlsOptions(
        Optional<KeyFile> trust, Optional<KeyFile> client, Version minVersion, Optional<String> serverName) {

    /** The system's authorities, no certificate of our own, TLS 1.2 or newer. */
    public static final TlsOptions DEFAULT =
            new TlsOptions(Optional.empty(), Optional.empty(), Version.TLS_1_2, Optional.empty());

    /**
     * A file with certificates or keys; what is in it is told by the end of its name.
     *
     * @param password opens the file, where it is locked
     * @param fingerprint what its content is known by, so that a file that was replaced is another one; empty where that does
     *     not matter
     */
    public record KeyFile(Path path, Optional<Secret> password, String fingerprint) {

        /** A file whose content does not matter. */
        public KeyFile(Path path, Optional<Secret> password) {
            this(path, password, "");
        }

        /** The kind of file that the end of its name tells; empty for a name that tells none. */
        public static Optional<Kind> kindOf(Path path) {
            String name = path.toString().toLowerCase(Locale.ROOT);
            return Arrays.stream(Kind.values())
                    .filter(kind -> name.matches(kind.names))
                    .findFirst();
        }

        /** The kind of file. */
        public enum Kind {
            PEM(".+\\.(pem|crt|cer)"),
            JKS(".+\\.jks"),
            PKCS12(".+\\.(p12|pfx)");

            private final String names;

            Kind(String names) {
                this.names = names;
            }
        }
    }

    /** A version of TLS. */
    public enum Version {
        TLS_1_2("1.2"),
        TLS_1_3("1.3");

        private final String wireName;

        Version(String wireName) {
            this.wireName = wireName;
        }

        /** The name in the configuration. */
        public String wireName() {
            return wireName;
        }
    }
}
