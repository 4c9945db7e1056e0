package io.cloudland.callback.cli.crash;

import io.cloudland.callback.cli.HelpOption;
import io.cloudland.callback.cli.bench.Machine;
import io.cloudland.callback.cli.jvm.WorkDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code crash-test}: kills a service with -9 under load, again and again, and accounts for every command. */
@Command(
        name = "crash-test",
        description = {
            "Kills a service with -9 under load, again and again, with a receiver that fails now and then, and accounts",
            "for every command. Fails unless every acknowledged event was delivered or is a dead letter, in order;",
            "or, with --coalesce, a newer one that was says that it stands for it."
        })
public final class CrashTestCommand implements Callable<Integer> {

    /** The values of {@code --sync}. */
    enum SyncChoice {
        always,
        interval,
        off
    }

    @Spec
    CommandSpec spec;

    @Option(names = "--rounds", defaultValue = "50", description = "Kills under load (${DEFAULT-VALUE}).")
    int rounds;

    @Option(
            names = "--seed",
            description = "Decides commands, faults and moments, as far as a clock lets it; any one by default.")
    @Nullable
    Long seed;

    @Option(
            names = "--sync",
            defaultValue = "always",
            description = "The store's: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}). A kill loses nothing with any.")
    SyncChoice sync;

    @Option(names = "--rate", defaultValue = "1500", description = "Commands per second (${DEFAULT-VALUE}).")
    int rate;

    @Option(names = "--resources", defaultValue = "500", description = "Different instances (${DEFAULT-VALUE}).")
    int resources;

    @Option(
            names = "--coalesce",
            description = "Merges events that wait (coalesce = true), with a receiver so slow that they do.")
    boolean coalesce;

    @Option(
            names = "--store-uri",
            paramLabel = "URI",
            description = {
                "The store is in this PostgreSQL, postgresql://user@host:port/database, in a schema of its own that is",
                "left there; the password comes from CALLBACK_STORE_PASSWORD. On the disk by default."
            })
    @Nullable
    String storeUri;

    @Option(
            names = "--power-loss",
            paramLabel = "LIBRARY",
            description = "Makes every kill a power cut, with the library of src/test/c/powerloss.c. Linux.")
    @Nullable
    Path powerLoss;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the same figures there as JSON.")
    @Nullable
    Path json;

    @Mixin
    final HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        atLeastOne("--rounds", rounds);
        atLeastOne("--rate", rate);
        atLeastOne("--resources", resources);
        if (powerLoss != null && !Files.isReadable(powerLoss)) {
            throw new ParameterException(spec.commandLine(), "--power-loss: there is no library " + powerLoss);
        }
        if (powerLoss != null && storeUri != null) {
            throw new ParameterException(
                    spec.commandLine(), "--power-loss is for the store on the disk, not for --store-uri");
        }
        if (powerLoss != null && coalesce) {
            throw new ParameterException(
                    spec.commandLine(), "--power-loss may lose what was merged, which --coalesce does not allow for");
        }
        CrashPlan plan = new CrashPlan(
                rounds,
                seed == null ? new Random().nextInt(1_000_000) : seed,
                sync.name(),
                rate,
                resources,
                coalesce,
                Optional.ofNullable(storeUri),
                Optional.ofNullable(powerLoss));
        try (WorkDirectory directory = WorkDirectory.create("callback-crash")) {
            return run(plan, directory);
        }
    }

    private void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " must be 1 or more, was " + value);
        }
    }

    private int run(CrashPlan plan, WorkDirectory directory) {
        Consumer<String> out = line -> print(spec.commandLine().getOut(), line);
        out.accept("machine    " + Machine.here().text());
        out.accept("settings   " + plan.text());
        out.accept("seed       " + plan.seed());
        try (CrashTest test = new CrashTest(plan, directory.path(), out)) {
            CrashResult result = test.run();
            result.lines().forEach(out);
            writeJson(result);
            return result.isGood() ? CommandLine.ExitCode.OK : fail(directory, "a promise was broken");
        } catch (IllegalStateException failure) {
            return fail(directory, String.valueOf(failure.getMessage()));
        }
    }

    private void writeJson(CrashResult result) {
        if (json != null) {
            try {
                Files.writeString(json, result.toJson().encodePrettily() + "\n");
            } catch (IOException failure) {
                throw new IllegalStateException("the figures cannot be written to " + json + ": " + failure, failure);
            }
        }
    }

    private int fail(WorkDirectory directory, String why) {
        print(
                spec.commandLine().getErr(),
                "crash-test: " + why + "; the store and the service's log stay in " + directory.keep());
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static void print(PrintWriter to, String line) {
        to.println(line);
        to.flush();
    }
}
