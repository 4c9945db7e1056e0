package io.cloudland.callback.cli;

import io.cloudland.callback.config.LoadedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: checks the configuration, then starts the service under Vert.x's launcher. */
@Command(
        name = "run",
        description = "Runs the service (also without the word 'run').",
        sortOptions = false,
        footer = {
            "",
            "-conf CONF          a TOML file, a JSON file or a JSON object; conf/config.toml by default",
            "-cluster            joins the other nodes' event bus; on 127.0.0.1 unless told otherwise",
            "-cluster-host HOST  the address of this machine that the cluster listens on",
            "-cluster-members A,B,...  the addresses of all nodes, where they are on several machines",
            "-cluster-port PORT, -cluster-public-host HOST, -cluster-public-port PORT",
            "-options JSON       Vert.x options, a file or an object: conf/cluster-tls.json for TLS between the nodes",
            "",
            "These and every other option of Vert.x's launcher are handed on to it. -instances can only be 1:",
            "set workers in the configuration instead."
        })
final class RunCommand implements Callable<Integer> {

    /** Checks a configuration as a whole. */
    @FunctionalInterface
    interface Check {
        LoadedConfig load(ConfigChoice choice);
    }

    /** Starts the service with these arguments and returns an exit code. */
    @FunctionalInterface
    interface Launch {
        int start(List<String> args, LoadedConfig config);
    }

    private final Surroundings around;
    private final Check check;
    private final Launch launch;

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> args = new ArrayList<>();

    RunCommand(Surroundings around, Check check, Launch launch) {
        this.around = around;
        this.check = check;
        this.launch = launch;
    }

    /** The real one. */
    static RunCommand ofProcess(Console console) {
        Surroundings around = Surroundings.ofProcess();
        return new RunCommand(around, choice -> choice.load(around), (args, config) -> start(args, config, console));
    }

    private static int start(List<String> args, LoadedConfig loaded, Console console) {
        ShutdownWatchdog watchdog = new ShutdownWatchdog(loaded.config().shutdownTimeout(), console.err());
        return new CallbackApplication(args, RunArguments.parse(args).cluster(), watchdog).start();
    }

    @Override
    public Integer call() {
        RunArguments arguments = RunArguments.parse(args);
        ConfigChoice choice = ConfigChoice.find(arguments.conf(), around);
        LoadedConfig loaded = check.load(choice);
        if (arguments.cluster()) {
            ClusterDefaults.properties(around, arguments.host(), arguments.clusterMembers())
                    .forEach(System::setProperty);
        }
        return launch.start(arguments.forLauncher(choice.forVerticle().encode()), loaded);
    }
}
