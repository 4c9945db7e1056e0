package io.cloudland.callback.config;

import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.TlsOptions.KeyFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tries a file with certificates or keys, so that a wrong one is told of before the start. */
final class KeyFileCheck {

    private static final String TORN = "of which a part is torn or cannot be read";
    private static final String STRANGE_KEY = "of which the key is not that of its first certificate";

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
        Optional<Pem> parsed = Pem.parse(new String(files.read(file), StandardCharsets.ISO_8859_1));
        if (parsed.isEmpty()) {
            return Optional.of(TORN);
        }
        Pem pem = parsed.get();
        if (key && pem.keys().stream().anyMatch(Pem.Part::isLocked)) {
            return Optional.of("of which the key is locked; a PEM file must hold it open");
        }
        try {
            return pem(pem.certificates(), pem);
        } catch (NoSuchAlgorithmException other) {
            return Optional.of("of which the key is neither RSA nor EC");
        } catch (GeneralSecurityException unreadable) {
            return Optional.of(TORN);
        }
    }

    private Optional<String> pem(List<Certificate> certificates, Pem pem) throws GeneralSecurityException {
        if (certificates.isEmpty()) {
            return Optional.of("which holds no certificate");
        }
        return key ? own(pem.key(), certificates.get(0)) : Optional.empty();
    }

    private static Optional<String> own(Optional<PrivateKey> found, Certificate certificate) {
        if (found.isEmpty()) {
            return Optional.of("which holds no key, or one that is locked");
        }
        return OwnKey.isOf(found.get(), certificate) ? Optional.empty() : Optional.of(STRANGE_KEY);
    }

    private Optional<String> store() throws IOException, GeneralSecurityException {
        char[] secret = password.map(known -> known.value().toCharArray()).orElse(null);
        KeyStore store = KeyStore.getInstance(KeyFile.kindOf(file).orElseThrow().name());
        store.load(new ByteArrayInputStream(files.read(file)), secret);
        return key ? ownIn(store, secret) : authoritiesIn(store);
    }

    private static Optional<String> ownIn(KeyStore store, char @Nullable [] secret) throws GeneralSecurityException {
        String problem = "which holds no key";
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getKey(alias, secret) instanceof PrivateKey found) {
                if (OwnKey.isOf(found, store.getCertificate(alias))) {
                    return Optional.empty();
                }
                problem = STRANGE_KEY;
            }
        }
        return Optional.of(problem);
    }

    private static Optional<String> authoritiesIn(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)) {
                return Optional.empty();
            }
        }
        return Optional.of("which holds no authority's certificate");
    }
}
