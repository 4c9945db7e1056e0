package io.cloudland.callback.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.receiver.Receiver;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code keygen}, {@code sign}, {@code verify} and a receiver that checks. */
@ExtendWith(VertxExtension.class)
class SigningCommandsTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final String BODY = "{\"test\": 2432232314}";

    @TempDir
    Path directory;

    private Path secret;
    private Path body;
    private CapturedConsole captured = new CapturedConsole();

    @BeforeEach
    void files() throws Exception {
        secret = Files.writeString(directory.resolve("secret"), SECRET + "\n");
        body = Files.writeString(directory.resolve("body"), BODY);
    }

    private int main(String... args) {
        captured = new CapturedConsole();
        return Main.execute(args, captured.console());
    }

    private int vector(String command, String... more) {
        List<String> args = new ArrayList<>(List.of(command, "-secret-file", secret.toString()));
        args.addAll(List.of("-id", "msg_p5jXN8AQM9LWM0D4loKWxJek", "-timestamp", "1614265330"));
        args.addAll(List.of(more));
        args.add(body.toString());
        return main(args.toArray(String[]::new));
    }

    @Test
    void sign_prints_the_headers_of_the_vector() {
        assertThat(vector("sign")).isEqualTo(Main.OK);
        assertThat(captured.out())
                .isEqualToNormalizingNewlines("webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek\n"
                        + "webhook-timestamp: 1614265330\nwebhook-signature: " + SIGNATURE + "\n");
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_secret() throws Exception {
        Files.writeString(secret, "\uFEFF" + SECRET + "\n");
        assertThat(vector("sign")).isEqualTo(Main.OK);
        assertThat(captured.out()).contains(SIGNATURE);
    }

    @Test
    void sign_takes_now_and_a_new_id_where_none_is_given() {
        assertThat(main("sign", "--secret-file", secret.toString(), body.toString()))
                .isEqualTo(Main.OK);
        assertThat(captured.out()).containsPattern("webhook-id: evt_\\S{36}\\R+webhook-timestamp: \\d{10}\\R");
    }

    @Test
    void verify_says_valid_or_exactly_why_not() throws Exception {
        assertThat(vector("verify", "-at", "1614265331", "-signature", SIGNATURE))
                .isEqualTo(Main.OK);
        assertThat(captured.out()).isEqualToNormalizingNewlines("valid\n");

        assertThat(vector("verify", "-at", "1614265731", "-signature", SIGNATURE))
                .isEqualTo(Main.FAILED);
        assertThat(captured.out()).startsWith("not valid: webhook-timestamp is 401 s old");
        assertThat(vector("verify", "-at", "1614265731", "-tolerance", "500", "-signature", SIGNATURE))
                .isEqualTo(Main.OK);
        assertThat(vector("verify", "-signature", SIGNATURE)).isEqualTo(Main.FAILED);
        assertThat(vector("verify", "-at", "1614265331")).isEqualTo(Main.FAILED);
        assertThat(captured.out()).isEqualToNormalizingNewlines("not valid: there is no webhook-signature header\n");

        Files.writeString(body, BODY + "\n");
        assertThat(vector("verify", "-at", "1614265331", "-signature", SIGNATURE))
                .isEqualTo(Main.FAILED);
        assertThat(captured.out()).contains("no signature matches", "cannot be told apart");
    }

    @Test
    void keygen_makes_what_sign_and_verify_take() throws Exception {
        assertThat(main("keygen")).isEqualTo(Main.OK);
        assertThat(captured.out().strip()).startsWith("whsec_").hasSize(6 + 44);
        assertThat(main("keygen", "-ed25519")).isEqualTo(Main.OK);
        List<String> lines = captured.out().lines().toList();
        assertThat(lines).hasSize(2);

        Files.writeString(secret, lines.get(0));
        assertThat(vector("sign")).isEqualTo(Main.OK);
        String signature = captured.out().lines().toList().get(2).replace("webhook-signature: ", "");
        Files.writeString(secret, lines.get(1));
        assertThat(vector("verify", "-at", "1614265331", "-signature", signature))
                .isEqualTo(Main.OK);
        assertThat(vector("sign")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("can verify but not sign");
    }

    @Test
    void a_wrong_secret_file_is_told_without_its_content() throws Exception {
        Files.writeString(secret, SECRET + "\nwhsec_geheim\n");
        assertThat(vector("sign")).isEqualTo(Main.USAGE);
        assertThat(captured.err())
                .contains("secret:2 a secret must be \"whsec_\"")
                .doesNotContain("geheim");
        Files.writeString(secret, "\n");
        assertThat(vector("sign")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("holds no secret");
        Files.delete(secret);
        assertThat(vector("verify")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("cannot be read");
        Files.delete(body);
        Files.writeString(secret, SECRET);
        assertThat(vector("sign")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("the body file");
    }

    private Receiver receive(Vertx vertx) throws Exception {
        ReceiveCommand command = new ReceiveCommand(captured.console());
        new CommandLine(command).parseArgs("-port", "0", "-secret-file", secret.toString());
        return command.start(vertx).await(5, SECONDS);
    }

    private int post(Vertx vertx, Receiver receiver, List<String> headers) throws Exception {
        HttpRequest<Buffer> request = WebClient.create(vertx).postAbs(receiver.url());
        headers.forEach(header -> request.putHeader(header.split(": ")[0], header.split(": ")[1]));
        return request.sendBuffer(Buffer.buffer(BODY)).await(5, SECONDS).statusCode();
    }

    @Test
    void a_receiver_with_a_secret_takes_what_is_signed_with_it_alone_and_prints_why(Vertx vertx) throws Exception {
        CapturedConsole receiving = captured;
        Receiver receiver = receive(vertx);
        assertThat(main("sign", "-secret-file", secret.toString(), body.toString()))
                .isEqualTo(Main.OK);
        List<String> headers = captured.out().lines().toList();
        assertThat(vector("sign")).isEqualTo(Main.OK);
        List<String> old = captured.out().lines().toList();

        assertThat(post(vertx, receiver, headers)).isEqualTo(200);
        assertThat(post(vertx, receiver, old)).isEqualTo(401);
        assertThat(post(vertx, receiver, List.of())).isEqualTo(401);

        assertThat(receiver.signatures().valid()).isEqualTo(1);
        assertThat(receiver.signatures().invalid()).isEqualTo(2);
        assertThat(receiver.report().rejected()).isEqualTo(2);
        assertThat(receiving.out())
                .contains("signed ones alone")
                .containsPattern("webhook-timestamp is \\d+ s old")
                .contains("a callback whose signature is not valid: there is no webhook-id header  answered 401");
        JsonObject stats = WebClient.create(vertx)
                .getAbs(receiver.baseUrl() + "/stats")
                .send()
                .await(5, SECONDS)
                .bodyAsJsonObject();
        assertThat(stats.getInteger("signatures_valid")).isEqualTo(1);
        assertThat(stats.getInteger("signatures_invalid")).isEqualTo(2);
    }

    @Test
    void a_receiver_with_a_wrong_secret_file_does_not_start(Vertx vertx) throws Exception {
        Files.writeString(secret, "nonsense");
        assertThatThrownBy(() -> receive(vertx)).hasMessageContaining("secret:1 a secret must be");
    }
}
