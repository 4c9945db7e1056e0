package io.cloudland.callback.cli;

import io.cloudland.callback.cli.bench.BenchCommand;
import io.cloudland.callback.cli.control.AttemptsCommand;
import io.cloudland.callback.cli.control.DeadCommand;
import io.cloudland.callback.cli.control.DeliveriesCommand;
import io.cloudland.callback.cli.control.EndpointsCommand;
import io.cloudland.callback.cli.control.PauseCommand;
import io.cloudland.callback.cli.control.ReplayCommand;
import io.cloudland.callback.cli.control.ResumeCommand;
import io.cloudland.callback.cli.control.SendCommand;
import io.cloudland.callback.cli.control.SocketChoice;
import io.cloudland.callback.cli.control.StatsCommand;
import io.cloudland.callback.cli.crash.CrashTestCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The application's entry: {@code run} and the commands around it. */
public final class Main {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private static final Set<String> OF_THE_ROOT = Set.of("-version", "--version", "-h", "-help", "--help");

    static {
        Logging.configure();
    }

    private Main() {}

    /** Runs a command. A command that ends well returns; a service or receiver keeps the JVM alive. */
    public static void main(String[] args) {
        int code = execute(args, Console.system());
        if (code != OK) {
            System.exit(code);
        }
    }

    static int execute(String[] args, Console console) {
        return commandLine(console).execute(withCommand(args));
    }

    /** Options alone mean {@code run}, as a Vert.x application is started. */
    static String[] withCommand(String[] args) {
        boolean optionsAlone = args.length == 0
                || (args[0].startsWith("-") && !OF_THE_ROOT.contains(args[0]))
                || args[0].equals(RunArguments.VERTICLE);
        return optionsAlone
                ? Stream.concat(Stream.of("run"), Arrays.stream(args)).toArray(String[]::new)
                : args;
    }

    private static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new RootCommand());
        line.addSubcommand(passingEverythingOn(RunCommand.ofProcess(console)));
        line.addSubcommand(CheckConfigCommand.ofProcess(console));
        line.addSubcommand(new ReceiveCommand(console));
        line.addSubcommand(new SendSamplesCommand(console));
        line.addSubcommand(new KeygenCommand(console));
        line.addSubcommand(new SignCommand(console));
        line.addSubcommand(new VerifyCommand(console));
        line.addSubcommand(new DemoCommand(console));
        line.addSubcommand(new BenchCommand());
        line.addSubcommand(new CrashTestCommand());
        addControlCommands(line, console);
        return line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler((failure, failed, parsed) -> explain(failure, console));
    }

    /** The commands that ask a running service. */
    private static void addControlCommands(CommandLine line, Console console) {
        SocketChoice socket = new ConfiguredSocket(Surroundings.ofProcess());
        line.addSubcommand(new SendCommand(socket, console.out()));
        line.addSubcommand(new StatsCommand(socket, console.out()));
        line.addSubcommand(new DeliveriesCommand(socket, console.out()));
        line.addSubcommand(new DeadCommand(socket, console.out()));
        line.addSubcommand(new AttemptsCommand(socket, console.out()));
        line.addSubcommand(new ReplayCommand(socket, console.out()));
        line.addSubcommand(new EndpointsCommand(socket, console.out()));
        line.addSubcommand(new PauseCommand(socket, console.out()));
        line.addSubcommand(new ResumeCommand(socket, console.out()));
    }

    static CommandLine passingEverythingOn(RunCommand run) {
        return new CommandLine(run).setUnmatchedOptionsArePositionalParams(true);
    }

    private static int explain(Exception failure, Console console) {
        console.err().println(Failures.text(failure));
        return Failures.exitCode(failure);
    }
}
