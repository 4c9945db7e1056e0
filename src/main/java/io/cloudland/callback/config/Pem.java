package io.cloudland.callback.config;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a PEM file, taken apart as the connections do it. */
record Pem(List<Part> parts) {

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z ]+)-----");
    private static final Pattern END = Pattern.compile("-----END ([A-Z ]+)-----");
    private static final Set<String> KEYS = Set.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY");

    /** What stands between one begin and its end. */
    record Part(String label, String text) {

        /** Whether it is a key in the old form that takes a password. */
        boolean isLocked() {
            return text.contains("Proc-Type:");
        }

        byte[] bytes() throws InvalidKeyException {
            try {
                return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
            } catch (IllegalArgumentException notBase64) {
                throw new InvalidKeyException("no base64");
            }
        }
    }

    /** The parts of that text; empty where one has no end. */
    static Optional<Pem> parse(String text) {
        Matcher begin = BEGIN.matcher(text);
        Matcher end = END.matcher(text);
        List<Part> parts = new ArrayList<>();
        while (begin.find()) {
            boolean ends =
                    end.find() && end.start() >= begin.end() && end.group(1).equals(begin.group(1));
            if (!ends) {
                return Optional.empty();
            }
            parts.add(new Part(begin.group(1), text.substring(begin.end(), end.start())));
        }
        return Optional.of(new Pem(parts));
    }

    List<Part> keys() {
        return parts.stream().filter(part -> KEYS.contains(part.label())).toList();
    }

    /** Every certificate, ours first where there is a key. */
    List<Certificate> certificates() throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> certificates = new ArrayList<>();
        for (Part part : parts) {
            if (part.label().equals("CERTIFICATE")) {
                certificates.addAll(factory.generateCertificates(new ByteArrayInputStream(part.bytes())));
            }
        }
        return certificates;
    }

    /** The key that is used, the first; none of the others may be one that cannot be read. */
    Optional<PrivateKey> key() throws GeneralSecurityException {
        List<PrivateKey> read = new ArrayList<>();
        for (Part part : keys()) {
            read.add(PemKey.read(part));
        }
        return read.stream().findFirst();
    }
}
