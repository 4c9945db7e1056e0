package io.cloudland.callback.cli;

import io.cloudland.callback.http.RequestSigner;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.SigningSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sign}: prints the headers that a signed callback with this body carries. */
@Command(
        name = "sign",
        description = "Prints the three headers that a signed callback with this body carries.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SignCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = {"-secret-file", "--secret-file"},
            required = true,
            paramLabel = "FILE",
            description = "Holds the secrets, one per line.")
    private Path secretFile;

    @Option(
            names = {"-id", "--id"},
            paramLabel = "ID",
            description = "The webhook-id; a new one by default.")
    private @Nullable String id;

    @Option(
            names = {"-timestamp", "--timestamp"},
            paramLabel = "SECONDS",
            description = "The webhook-timestamp in Unix seconds; now by default.")
    private @Nullable Long timestamp;

    @Parameters(paramLabel = "BODYFILE", description = "Holds the body; its exact bytes count.")
    private Path bodyFile;

    SignCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<SigningSecret> secrets = SecretFile.read(secretFile);
        if (!secrets.stream().allMatch(SigningSecret::signs)) {
            throw SecretFile.invalid(
                    "the secret file " + secretFile + " holds a public key (whpk_), which can verify but not sign");
        }
        String webhookId =
                Optional.ofNullable(id).orElseGet(() -> EventId.random().value());
        long seconds =
                Optional.ofNullable(timestamp).orElseGet(() -> Instant.now().getEpochSecond());
        byte[] body = body(bodyFile);
        console.out().println("webhook-id: " + webhookId);
        console.out().println("webhook-timestamp: " + seconds);
        console.out().println("webhook-signature: " + new RequestSigner(secrets).sign(webhookId, seconds, body));
        return Main.OK;
    }

    static byte[] body(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw SecretFile.invalid("the body file " + file + " cannot be read: " + Failures.text(failure));
        }
    }
}
