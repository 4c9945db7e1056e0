package io.cloudland.callback.config;

import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.TlsOptions.KeyFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tries a file with certificates or keys, so that a wrong one is told of before the start. */
final class KeyFileCheck {

    private static final Pattern KEY = Pattern.compile("-----BEGIN (RSA |EC )?PRIVATE KEY-----");

    /** Says what is wrong with a file, and nothing where it can be used. */
    interface Check {
        Optional<String> problem(SourceFiles files, Path file, Optional<Secret> password);
    }

    private final SourceFiles files;
    private final Path file;
    private final Optional<Secret> password;
    private final boolean key;

    private KeyFileCheck(SourceFiles files, Path file, Optional<Secret> password, boolean key) {
        this.files = files;
        this.file = file;
        this.password = password;
        this.key = key;
    }

    /** What is wrong with a file of authorities; empty where it can be used. */
    static Optional<String> trust(SourceFiles files, Path file, Optional<Secret> password) {
        return new KeyFileCheck(files, file, password, false).problem();
    }

    /** What is wrong with a file with our certificate and key; empty where it can be used. */
    static Optional<String> key(SourceFiles files, Path file, Optional<Secret> password) {
        return new KeyFileCheck(files, file, password, true).problem();
    }

    private Optional<String> problem() {
        try {
            return KeyFile.kindOf(file).orElseThrow() == KeyFile.Kind.PEM ? pem() : store();
        } catch (IOException failure) {
            return Optional.of(
                    failure.getCause() instanceof UnrecoverableKeyException
                            ? "which the password does not open"
                            : "which cannot be read: " + FileSource.why(file, failure));
        } catch (UnrecoverableKeyException locked) {
            return Optional.of("of which the password does not open the key");
        } catch (GeneralSecurityException unusable) {
            return Optional.of("which is not what its ending says");
        }
    }

    private Optional<String> pem() throws IOException {
        String text = new String(files.read(file), StandardCharsets.ISO_8859_1);
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            return Optional.of("which holds no certificate");
        }
        if (key && !KEY.matcher(text).find()) {
            return Optional.of("which holds no key, or one that is locked");
        }
        return Optional.empty();
    }

    private Optional<String> store() throws IOException, GeneralSecurityException {
        char[] secret = password.map(known -> known.value().toCharArray()).orElse(null);
        KeyStore store = KeyStore.getInstance(KeyFile.kindOf(file).orElseThrow().name());
        store.load(new ByteArrayInputStream(files.read(file)), secret);
        for (String alias : Collections.list(store.aliases())) {
            if (key
                    ? store.isKeyEntry(alias) && store.getKey(alias, secret) != null
                    : store.isCertificateEntry(alias)) {
                return Optional.empty();
            }
        }
        return Optional.of(key ? "which holds no key" : "which holds no authority's certificate");
    }
}
