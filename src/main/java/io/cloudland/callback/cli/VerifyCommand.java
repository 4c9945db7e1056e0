package io.cloudland.callback.cli;

import io.cloudland.callback.http.SignatureVerdict;
import io.cloudland.callback.http.SignatureVerifier;
import io.cloudland.callback.http.SignedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify}: says whether the signature of a callback holds, or why not. */
@Command(
        name = "verify",
        description = "Says whether the signature of a callback holds, or why not; fails unless it does.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class VerifyCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = {"-secret-file", "--secret-file"},
            required = true,
            paramLabel = "FILE",
            description = "Holds the secrets, one per line: whsec_..., whsk_... or the public whpk_...")
    private Path secretFile;

    @Option(
            names = {"-id", "--id"},
            paramLabel = "ID",
            description = "The webhook-id header.")
    private @Nullable String id;

    @Option(
            names = {"-timestamp", "--timestamp"},
            paramLabel = "SECONDS",
            description = "The webhook-timestamp header.")
    private @Nullable String timestamp;

    @Option(
            names = {"-signature", "--signature"},
            paramLabel = "SIGNATURES",
            description = "The webhook-signature header.")
    private @Nullable String signature;

    @Option(
            names = {"-at", "--at"},
            paramLabel = "SECONDS",
            description = "When it came in, in Unix seconds; now by default.")
    private @Nullable Long at;

    @Option(
            names = {"-tolerance", "--tolerance"},
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How far the timestamp may lie from that, either way (${DEFAULT-VALUE}).")
    private long tolerance;

    @Parameters(paramLabel = "BODYFILE", description = "Holds the body; its exact bytes count.")
    private Path bodyFile;

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        SignatureVerifier verifier =
                new SignatureVerifier(SecretFile.read(secretFile), Duration.ofSeconds(Math.max(0, tolerance)));
        SignedRequest request = new SignedRequest(
                Optional.ofNullable(id),
                Optional.ofNullable(timestamp),
                Optional.ofNullable(signature),
                SignCommand.body(bodyFile));
        return tell(verifier.verify(
                request, Optional.ofNullable(at).map(Instant::ofEpochSecond).orElseGet(Instant::now)));
    }

    private int tell(SignatureVerdict verdict) {
        if (verdict instanceof SignatureVerdict.Invalid invalid) {
            console.out().println("not valid: " + invalid.why());
            return Main.FAILED;
        }
        console.out().println("valid");
        return Main.OK;
    }
}
