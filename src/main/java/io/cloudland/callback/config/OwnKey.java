package io.cloudland.callback.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.Optional;

/** Tells whether a private key is that of a certificate. */
final class OwnKey {

    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");
    private static final byte[] ANYTHING = "is it ours?".getBytes(StandardCharsets.US_ASCII);

    private OwnKey() {}

    /** Whether what the key signs is what the certificate confirms; of keys that are neither RSA nor EC nothing is known. */
    static boolean isOf(PrivateKey key, Certificate certificate) {
        return Optional.ofNullable(SIGNATURES.get(key.getAlgorithm()))
                .map(algorithm -> isSigned(algorithm, key, certificate))
                .orElse(true);
    }

    private static boolean isSigned(String algorithm, PrivateKey key, Certificate certificate) {
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(ANYTHING);
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(certificate.getPublicKey());
            checking.update(ANYTHING);
            return checking.verify(signing.sign());
        } catch (GeneralSecurityException notEvenOfItsKind) {
            return false;
        }
    }
}
