package io.cloudland.callback.receiver;

import io.cloudland.callback.time.TimeSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a {@link Receiver} listens, fails and tells.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param faults a fault text such as {@code status=503@first:3}; empty for none
 * @param seed makes faults that strike by rate repeatable
 * @param printer gets one text per event; empty for a quiet receiver, which is faster
 * @param verbose whether the text holds headers and body too
 * @param signatureCheck looks at every callback first; empty where signatures do not count
 * @param allowedRate how many requests a minute it allows whoever asks by the CloudEvents web-hook handshake, {@code *} for
 *     any number; empty where it refuses
 */
public record ReceiverOptions(
        String host,
        int port,
        String faults,
        long seed,
        Optional<Consumer<String>> printer,
        boolean verbose,
        TimeSource time,
        Optional<SignatureCheck> signatureCheck,
        Optional<String> allowedRate) {

    /** Quiet and faultless, on 127.0.0.1:8080. */
    public static ReceiverOptions defaults() {
        return new ReceiverOptions(
                "127.0.0.1",
                8080,
                "",
                1,
                Optional.empty(),
                false,
                TimeSource.system(),
                Optional.empty(),
                Optional.of("*"));
    }

    /** Quiet and faultless, on any free port of 127.0.0.1. */
    public static ReceiverOptions onFreePort() {
        return defaults().withPort(0);
    }

    public ReceiverOptions withHost(String newHost) {
        return new ReceiverOptions(newHost, port, faults, seed, printer, verbose, time, signatureCheck, allowedRate);
    }

    public ReceiverOptions withPort(int newPort) {
        return new ReceiverOptions(host, newPort, faults, seed, printer, verbose, time, signatureCheck, allowedRate);
    }

    public ReceiverOptions withFaults(String newFaults) {
        return new ReceiverOptions(host, port, newFaults, seed, printer, verbose, time, signatureCheck, allowedRate);
    }

    public ReceiverOptions withSeed(long newSeed) {
        return new ReceiverOptions(host, port, faults, newSeed, printer, verbose, time, signatureCheck, allowedRate);
    }

    public ReceiverOptions withPrinter(Consumer<String> newPrinter) {
        return new ReceiverOptions(
                host, port, faults, seed, Optional.of(newPrinter), verbose, time, signatureCheck, allowedRate);
    }

    public ReceiverOptions withVerbose(boolean newVerbose) {
        return new ReceiverOptions(host, port, faults, seed, printer, newVerbose, time, signatureCheck, allowedRate);
    }

    public ReceiverOptions withTime(TimeSource newTime) {
        return new ReceiverOptions(host, port, faults, seed, printer, verbose, newTime, signatureCheck, allowedRate);
    }

    public ReceiverOptions withSignatureCheck(SignatureCheck newCheck) {
        return new ReceiverOptions(
                host, port, faults, seed, printer, verbose, time, Optional.of(newCheck), allowedRate);
    }

    public ReceiverOptions withAllowedRate(Optional<String> newRate) {
        return new ReceiverOptions(host, port, faults, seed, printer, verbose, time, signatureCheck, newRate);
    }
}
