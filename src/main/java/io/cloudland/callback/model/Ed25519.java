package io.cloudland.callback.model;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;

/** The JDK's Ed25519, for keys that are given as raw bytes. Any thread. */
public final class Ed25519 {

    /** The bytes of a seed, and of a public key. */
    public static final int KEY_BYTES = 32;

    private static final String NAME = "Ed25519";

    /** What stands before the raw bytes in the X.509 form of a public key: the algorithm's name (RFC 8410). */
    private static final byte[] X509_HEAD = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private Ed25519() {}

    /** The private key of a seed. */
    public static PrivateKey privateKey(byte[] seed) throws GeneralSecurityException {
        return KeyFactory.getInstance(NAME)
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed.clone()));
    }

    /**
     * The public key of these raw bytes.
     *
     * @throws GeneralSecurityException where they are no point of the curve
     */
    public static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
        byte[] encoded = new byte[X509_HEAD.length + raw.length];
        System.arraycopy(X509_HEAD, 0, encoded, 0, X509_HEAD.length);
        System.arraycopy(raw, 0, encoded, X509_HEAD.length, raw.length);
        return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** The signature of these pieces, one after the other. */
    public static byte[] sign(PrivateKey key, byte[]... pieces) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(NAME);
        signature.initSign(key);
        for (byte[] piece : pieces) {
            signature.update(piece);
        }
        return signature.sign();
    }

    /** Whether that is the signature of these pieces, one after the other. */
    public static boolean isSigned(PublicKey key, byte[] signed, byte[]... pieces) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(NAME);
        signature.initVerify(key);
        for (byte[] piece : pieces) {
            signature.update(piece);
        }
        return signed.length == 2 * KEY_BYTES && signature.verify(signed);
    }
}
