package io.cloudland.callback.cli;

import io.cloudland.callback.http.SigningKeys;
import io.cloudland.callback.model.SigningSecret;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keygen}: makes a secret to sign callbacks with. */
@Command(
        name = "keygen",
        description = {
            "Makes a new secret to sign callbacks with and prints it: whsec_..., known to both sides.",
            "With -ed25519 a key pair: on the first line whsk_..., for the service alone; on the second whpk_...,",
            "the public key, for receivers."
        },
        mixinStandardHelpOptions = true)
final class KeygenCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = {"-ed25519", "--ed25519"},
            description = "Makes a key pair instead of a shared secret.")
    private boolean ed25519;

    KeygenCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        SigningSecret secret = ed25519 ? SigningKeys.newKeyPair() : SigningKeys.newSharedSecret();
        console.out().println(secret.secret().value());
        if (ed25519) {
            console.out().println(SigningKeys.publicKeyOf(secret).secret().value());
        }
        return Main.OK;
    }
}
