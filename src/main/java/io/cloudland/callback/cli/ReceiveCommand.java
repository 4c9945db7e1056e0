package io.cloudland.callback.cli;

import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.cloudland.callback.receiver.SignatureCounts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code receive}: runs a test receiver until it is stopped, then prints its account. */
@Command(
        name = "receive",
        description = "Runs a test receiver that prints callbacks, keeps account of them and can fail on request.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReceiveCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = {"-host", "--host"},
            defaultValue = "127.0.0.1",
            description = "The address to listen on (${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = {"-port", "--port"},
            defaultValue = "8080",
            description = "The port to listen on (${DEFAULT-VALUE}); 0 for any free one.")
    private int port;

    @Option(
            names = {"-fault", "--fault"},
            paramLabel = "FAULT",
            description = {
                "How to fail, for example status=503@first:3, status=500@10%%, delay=50ms, hang,",
                "drip=1b/100ms, reset, redirect=URL, garbage; several parted by commas, or given again."
            })
    private List<String> faults = new ArrayList<>();

    @Option(
            names = {"-seed", "--seed"},
            defaultValue = "1",
            description = "Makes faults that strike by rate repeatable (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = {"-secret-file", "--secret-file"},
            paramLabel = "FILE",
            description = {
                "Holds secrets, one per line: whsec_..., whsk_... or whpk_... Every callback must be signed with one of",
                "them; the others are answered 401."
            })
    private @Nullable Path secretFile;

    @Option(
            names = {"-tolerance", "--tolerance"},
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How far the timestamp of a signed callback may lie from now, either way (${DEFAULT-VALUE}).")
    private long tolerance;

    @Option(
            names = {"-allow-rate", "--allow-rate"},
            paramLabel = "RATE",
            defaultValue = "*",
            description = {
                "What a CloudEvents handshake is answered: so many callbacks a minute are allowed, * for any number",
                "(${DEFAULT-VALUE}), or none, which refuses."
            })
    private String allowedRate = "*";

    @Option(
            names = {"-verbose", "--verbose"},
            description = "Prints headers and body too.")
    private boolean verbose;

    @Option(
            names = {"-quiet", "--quiet"},
            description = "Prints no events; only the account at the end.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    ReceiveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "-port must be from 0 to 65535, was " + port);
        }
        if (!allowedRate.matches("\\*|none|[1-9][0-9]{0,17}")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "-allow-rate must be a whole number above 0, \"*\" or \"none\", was " + allowedRate);
        }
        Vertx vertx = Vertx.vertx();
        try {
            Receiver receiver = start(vertx).await(10, TimeUnit.SECONDS);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> printAccount(receiver)));
            return Main.OK;
        } catch (Exception failure) {
            vertx.close();
            throw failure;
        }
    }

    Future<Receiver> start(Vertx vertx) {
        ReceiverOptions options = options();
        return Receiver.start(vertx, options)
                .onSuccess(this::printStart)
                .recover(failure ->
                        Future.failedFuture(Failures.named("cannot listen on " + host + ":" + port, failure)));
    }

    private ReceiverOptions options() {
        ReceiverOptions options = ReceiverOptions.defaults()
                .withHost(host)
                .withPort(port)
                .withFaults(String.join(",", faults))
                .withSeed(seed)
                .withVerbose(verbose)
                .withAllowedRate(Optional.of(allowedRate).filter(rate -> !rate.equals("none")));
        if (secretFile != null) {
            options = options.withSignatureCheck(
                    ReceivedSignatures.of(secretFile, Duration.ofSeconds(Math.max(0, tolerance))));
        }
        return quiet ? options : options.withPrinter(console.out()::println);
    }

    private void printStart(Receiver receiver) {
        String faulty = receiver.faults().isEmpty() ? "" : ", faults: " + receiver.faults();
        String signed = secretFile == null ? "" : ", signed ones alone";
        console.out().println("receives events on " + receiver.url() + signed + faulty);
        console.out().println("account: " + receiver.baseUrl() + "/report, faults: " + receiver.baseUrl() + "/faults");
    }

    private void printAccount(Receiver receiver) {
        console.out().println(receiver.report().asMap());
        if (secretFile != null) {
            SignatureCounts signatures = receiver.signatures();
            console.out().println("signatures: valid=" + signatures.valid() + " invalid=" + signatures.invalid());
        }
    }
}
