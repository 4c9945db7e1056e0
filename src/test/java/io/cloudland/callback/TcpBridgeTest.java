package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TCP bridge of a whole service, with the clients that {@code docs/ingest.md} gives. */
class TcpBridgeTest {

    private static final String COMMANDS = """
            report_rc 'cpu=1'
            hyper_status '3' 'up'
            """;

    private final Vertx vertx = Vertx.vertx();
    private String deployment;

    @TempDir
    Path directory;

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private String bridge(String listen) throws Exception {
        deployment = vertx.deployVerticle(
                        new CallbackVerticle(),
                        new CallbackOptions()
                                .setUrl("http://127.0.0.1:1/")
                                .setMemoryStore()
                                .set("ingest", new JsonObject().put("tcp", new JsonObject().put("listen", listen)))
                                .toDeploymentOptions())
                .await(20, TimeUnit.SECONDS);
        return listen;
    }

    private String onSocket() throws Exception {
        return bridge("unix:" + directory.resolve("c.sock"));
    }

    private String onPort() throws Exception {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = probe.getLocalPort();
            probe.close();
            return bridge("127.0.0.1:" + port);
        }
    }

    private static String client(String language) throws Exception {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "ingest.md")));
        assertThat(block.find()).as("a client in " + language).isTrue();
        return block.group(1);
    }

    private static boolean has(String program, String argument) throws Exception {
        try {
            Process process = new ProcessBuilder(program, argument)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (java.io.IOException missing) {
            return false;
        }
    }

    private String output(String... command) throws Exception {
        File input = Files.writeString(directory.resolve("commands"), COMMANDS).toFile();
        File output = directory.resolve("output").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input)
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putIfAbsent("HOME", directory.toString()); // Where go keeps what it compiled.
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output.toPath());
    }

    @Test
    void the_python_client_of_the_documents_sends_commands_over_a_port_and_a_socket() throws Exception {
        assumeTrue(has("python3", "--version"), "there is no python3 here");
        Path script = Files.writeString(directory.resolve("client.py"), client("python"));
        String expected = "ignored\nignored\n";
        assertThat(output("python3", script.toString(), onSocket())).isEqualTo(expected);
        vertx.undeploy(deployment).await(20, TimeUnit.SECONDS);
        assertThat(output("python3", script.toString(), onPort())).isEqualTo(expected);
    }

    @Test
    void the_go_client_of_the_documents_sends_commands_over_a_port_and_a_socket() throws Exception {
        assumeTrue(has("go", "version"), "there is no go here");
        Path program = Files.writeString(directory.resolve("main.go"), client("go"));
        assertThat(output("go", "run", program.toString(), onSocket())).containsPattern("ignored(?s:.*)ignored");
        vertx.undeploy(deployment).await(20, TimeUnit.SECONDS);
        assertThat(output("go", "run", program.toString(), onPort())).containsPattern("ignored(?s:.*)ignored");
    }

    @Test
    void the_socket_is_the_service_s_alone_and_gone_after_a_stop() throws Exception {
        Path socket = Path.of(onSocket().substring("unix:".length()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        vertx.undeploy(deployment).await(20, TimeUnit.SECONDS);
        assertThat(socket).doesNotExist();
    }
}
