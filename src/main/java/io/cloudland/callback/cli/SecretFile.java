package io.cloudland.callback.cli;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.SigningSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a file of signing secrets, one per line. No message of it holds any of them. */
final class SecretFile {

    private SecretFile() {}

    /**
     * The secrets of a file, at least one.
     *
     * @throws CallbackException {@code CONFIG_INVALID}, naming file, line and rule
     */
    static List<SigningSecret> read(Path file) {
        List<String> lines = lines(file);
        List<SigningSecret> secrets = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = (i == 0 ? withoutByteOrderMark(lines.get(i)) : lines.get(i)).strip();
            if (!line.isEmpty()) {
                secrets.add(parse(line, file + ":" + (i + 1)));
            }
        }
        if (secrets.isEmpty()) {
            throw invalid("the secret file " + file + " holds no secret; 'keygen' makes one");
        }
        return secrets;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw invalid("the secret file " + file + " cannot be read: " + Failures.text(failure));
        }
    }

    private static String withoutByteOrderMark(String first) {
        return first.startsWith("\uFEFF") ? first.substring(1) : first;
    }

    private static SigningSecret parse(String line, String place) {
        return SigningSecret.parse(line)
                .orElseThrow(() -> invalid(place + " a secret must be " + SigningSecret.RULE
                        + "; a public key, \"whpk_\" and the base64 of" + " 32 bytes, can verify but not sign"));
    }

    static CallbackException invalid(String text) {
        return new CallbackException(ErrorCode.CONFIG_INVALID, text);
    }
}
