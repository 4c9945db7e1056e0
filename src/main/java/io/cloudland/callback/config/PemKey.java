package io.cloudland.callback.config;

import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.HexFormat;

/** Reads private keys in the forms that the connections read from a PEM file. */
final class PemKey {

    private static final String RSA = "2a864886f70d010101";
    private static final String EC = "2a8648ce3d0201";

    private PemKey() {}

    /**
     * The key in that part.
     *
     * @throws NoSuchAlgorithmException where it is neither RSA nor EC
     * @throws GeneralSecurityException where it cannot be read
     */
    static PrivateKey read(Pem.Part part) throws GeneralSecurityException {
        return switch (part.label()) {
            case "RSA PRIVATE KEY" -> rsa(new Der(part.bytes()).into(Der.SEQUENCE));
            case "EC PRIVATE KEY" -> ec(new Der(part.bytes()).into(Der.SEQUENCE));
            default -> pkcs8(part.bytes());
        };
    }

    private static PrivateKey pkcs8(byte[] bytes) throws GeneralSecurityException {
        Der key = new Der(bytes).into(Der.SEQUENCE);
        expect(BigInteger.ZERO, key.number());
        String algorithm = HexFormat.of().formatHex(key.into(Der.SEQUENCE).next(Der.IDENTIFIER));
        return factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    private static KeyFactory factory(String algorithm) throws NoSuchAlgorithmException {
        return switch (algorithm) {
            case RSA -> KeyFactory.getInstance("RSA");
            case EC -> KeyFactory.getInstance("EC");
            default -> throw new NoSuchAlgorithmException("neither RSA nor EC");
        };
    }

    /** PKCS#1. */
    private static PrivateKey rsa(Der key) throws GeneralSecurityException {
        expect(BigInteger.ZERO, key.number());
        RSAPrivateCrtKeySpec numbers = new RSAPrivateCrtKeySpec(
                key.number(),
                key.number(),
                key.number(),
                key.number(),
                key.number(),
                key.number(),
                key.number(),
                key.number());
        return KeyFactory.getInstance("RSA").generatePrivate(numbers);
    }

    /** SEC 1, which must name its curve. */
    private static PrivateKey ec(Der key) throws GeneralSecurityException {
        expect(BigInteger.ONE, key.number());
        BigInteger secret = new BigInteger(1, key.next(Der.OCTETS));
        return KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(secret, curve(key.next(Der.CONTEXT_0))));
    }

    private static ECParameterSpec curve(byte[] name) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        try {
            curve.init(name);
        } catch (IOException unknown) {
            throw new InvalidKeyException("a curve that is not known", unknown);
        }
        return curve.getParameterSpec(ECParameterSpec.class);
    }

    private static void expect(BigInteger version, BigInteger found) throws InvalidKeyException {
        if (!version.equals(found)) {
            throw new InvalidKeyException("a version that is not known");
        }
    }
}
