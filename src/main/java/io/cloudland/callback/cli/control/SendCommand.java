package io.cloudland.callback.cli.control;

import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code send}: reports commands to a running service, typed or out of a file. */
@Command(
        name = "send",
        description =
                "Reports executed commands to a running service, one after the other; fails where one is refused.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SendCommand implements Callable<Integer> {

    /** One command and where it stands, for a message about it. */
    private record Numbered(String place, JsonObject message) {}

    private final PrintStream out;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "LINE",
            arity = "0..*",
            description = "A command line, such as \"launch_vm.sh '127' 'running' '3' 'init'\".")
    private List<String> lines = new ArrayList<>();

    @Option(
            names = {"-file", "--file"},
            paramLabel = "FILE",
            description = "A file with a command on each line as JSON, such as the unaccepted.ndjson of the proxy.")
    private @Nullable Path file;

    private int refused;

    @Mixin
    private ServiceOptions service;

    /** Asks the service at that socket and prints to {@code out}. */
    public SendCommand(SocketChoice socket, PrintStream out) {
        this.service = new ServiceOptions(socket);
        this.out = out;
    }

    @Override
    public Integer call() {
        if (lines.isEmpty() == (file == null)) {
            throw new ParameterException(spec.commandLine(), "Give command lines, or a file with --file.");
        }
        List<Numbered> commands = file == null ? typed() : ofFile(file);
        service.ask(client -> sendAll(client, commands));
        if (file != null) {
            out.println(commands.size() + " commands sent, " + refused + " refused");
        }
        return refused == 0 ? 0 : 1;
    }

    /** One after the other: they stand in the order in which they were executed. */
    private Future<Void> sendAll(ServiceClient client, List<Numbered> commands) {
        Future<Void> sent = Future.succeededFuture();
        for (Numbered command : commands) {
            sent = sent.compose(before -> send(client, command));
        }
        return sent;
    }

    private List<Numbered> typed() {
        return lines.stream()
                .map(line -> new Numbered("", new JsonObject().put("command", line)))
                .toList();
    }

    /** All of it is read before anything is sent: half a file sent is worse than none. */
    private static List<Numbered> ofFile(Path file) {
        try {
            List<String> read = Files.readAllLines(file, StandardCharsets.UTF_8);
            List<Numbered> commands = new ArrayList<>();
            for (int i = 0; i < read.size(); i++) {
                if (!read.get(i).isBlank()) {
                    commands.add(new Numbered("line " + (i + 1) + ": ", message(file, i + 1, read.get(i))));
                }
            }
            return commands;
        } catch (IOException failure) {
            throw Refusal.ofWrongCall(file + " cannot be read: " + failure.getMessage());
        }
    }

    private static JsonObject message(Path file, int number, String line) {
        try {
            JsonObject message = new JsonObject(line);
            if (message.getMap() != null) { // The text null is read as that.
                message.remove("unaccepted");
                return message;
            }
        } catch (DecodeException noObject) {
            // Told below.
        }
        throw Refusal.ofWrongCall(file + ", line " + number
                + " is no JSON object: nothing was sent; a crash may have torn it, then take it out");
    }

    private Future<Void> send(ServiceClient client, Numbered command) {
        return client.post(
                        "commands",
                        new JsonObject().put("message", command.message().encode()))
                .onSuccess(answer -> tell(command, answer))
                .mapEmpty();
    }

    private void tell(Numbered command, JsonObject answer) {
        boolean refusal = "refused".equals(answer.getString("status"));
        refused += refusal ? 1 : 0;
        if (service.json()) {
            out.println(answer.encode());
        } else if (refusal || file == null) {
            out.println(command.place() + text(answer));
        }
    }

    private static String text(JsonObject answer) {
        String status = String.valueOf(answer.getString("status")).toLowerCase(Locale.ROOT);
        return switch (status) {
            case "accepted" ->
                "accepted " + String.join(" ", ids(answer))
                        + (answer.getBoolean("duplicate", false) ? " (sent before)" : "");
            case "ignored" -> "ignored: " + answer.getString("reason");
            default -> "refused: " + answer.getString("reason");
        };
    }

    private static List<String> ids(JsonObject answer) {
        return answer.getJsonArray("event_ids").stream().map(String::valueOf).toList();
    }
}
