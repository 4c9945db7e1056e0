package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudland.callback.model.SigningSecret;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/verify.md, as they stand there, check a request as it went over the wire. */
@ExtendWith(VertxExtension.class)
class VerifierExamplesTest {

    private static final Path DOCUMENT = Path.of("docs", "verify.md");
    /** What may be configured by mistake, and is no secret. */
    private static final Map<String, String> NO_SECRETS = Map.of(
            "emptySecret",
            "",
            "emptyKey",
            "whsec_",
            "shortSecret",
            "whsec_" + "A".repeat(31) + "=",
            "publicKeyAsSecret",
            Signing.PUBLIC_KEY.secret().value(),
            "keyPairAsSecret",
            Signing.KEY_PAIR.secret().value());

    private static final List<String> CASES = Stream.concat(
                    Stream.of("good", "otherSecret", "changedBody", "late", "early", "unsigned"),
                    NO_SECRETS.keySet().stream())
            .toList();

    @TempDir
    Path directory;

    private CapturedRequest request;
    private long now;

    /** What an example is asked for one case. */
    private record Question(String secret, String id, String timestamp, String signatures, byte[] body, long now) {}

    @BeforeEach
    void send(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        List<SigningSecret> secrets = List.of(Signing.OTHER, Signing.SHARED, Signing.KEY_PAIR);
        try (SenderUnderTest sender =
                new SenderUnderTest(vertx, Deliveries.endpoint(server.url()).withSecrets(secrets), 4)) {
            sender.send();
        }
        request = CapturedRequest.of(server.requests().get(0));
        now = Instant.now().getEpochSecond();
    }

    private static String example(String language) throws IOException {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
        assertThat(block.find()).as("example in " + language).isTrue();
        return block.group(1);
    }

    private Question question(String name, SigningSecret secret) throws GeneralSecurityException {
        if (NO_SECRETS.containsKey(name)) {
            return forged(NO_SECRETS.get(name));
        }
        byte[] body = request.body().clone();
        body[body.length - 2] ^= (byte) (name.equals("changedBody") ? 1 : 0);
        String other = secret.kind() == SigningSecret.Kind.SHARED
                ? "whsec_" + "A".repeat(32)
                : SigningKeys.publicKeyOf(SigningKeys.newKeyPair()).secret().value();
        return new Question(
                name.equals("otherSecret") ? other : secret.secret().value(),
                request.header("webhook-id"),
                request.header("webhook-timestamp"),
                name.equals("unsigned") ? "v2,what v1,AAAA v1a,AAAA v1" : request.header("webhook-signature"),
                body,
                now + (name.equals("late") ? 400 : 0) - (name.equals("early") ? 400 : 0));
    }

    /** Signed by somebody who knows what stands there, or guesses that nothing does. */
    private Question forged(String configured) throws GeneralSecurityException {
        String id = request.header("webhook-id");
        String timestamp = Long.toString(now);
        String signatures = "v1," + macBy(configured.substring(configured.indexOf('_') + 1), id + "." + timestamp + ".")
                + " v1,"
                + macBy(configured.replace("_", ""), id + "." + timestamp + "."); // As lenient decoders read it.
        return new Question(configured, id, timestamp, signatures, request.body(), now);
    }

    private String macBy(String keyText, String head) throws GeneralSecurityException {
        byte[] key = Base64.getDecoder().decode(keyText.substring(0, keyText.length() & ~3));
        Mac mac = Mac.getInstance("HmacSHA256");
        // HMAC fills a key up with zeros: one zero is as good as none, which Java does not take.
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
        mac.update(head.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(mac.doFinal(request.body()));
    }

    @Test
    void the_java_example_takes_ours_alone() throws Exception {
        Path source = Files.writeString(directory.resolve("WebhookCheck.java"), example("java"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-Xlint:all", "-Werror", source.toString()))
                .isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            Method isOurs = loader.loadClass("WebhookCheck")
                    .getMethod(
                            "isOurs", String.class, String.class, String.class, String.class, byte[].class, long.class);
            for (SigningSecret secret : List.of(Signing.SHARED, Signing.OTHER, Signing.PUBLIC_KEY)) {
                for (String name : CASES) {
                    Question asked = question(name, secret);
                    assertThat(isOurs.invoke(
                                    null,
                                    asked.secret(),
                                    asked.id(),
                                    asked.timestamp(),
                                    asked.signatures(),
                                    asked.body(),
                                    asked.now()))
                            .as(name)
                            .isEqualTo(name.equals("good"));
                }
            }
            Question asked = question("good", Signing.SHARED);
            assertThat(isOurs.invoke(null, asked.secret(), null, null, null, asked.body(), asked.now()))
                    .isEqualTo(false);
        }
    }

    @Test
    void the_python_example_takes_ours_alone() throws Exception {
        assumeTrue(isThere("python3", "--version"), "python3 is not on this machine");
        Files.writeString(directory.resolve("example.py"), example("python"));
        Path script = Files.writeString(directory.resolve("ask.py"), """
                import json, sys
                from example import is_ours
                q = json.load(open(sys.argv[1]))
                headers = {"webhook-id": q["id"], "webhook-timestamp": q["timestamp"],
                           "webhook-signature": q["signatures"]}
                print(is_ours(q["secret"], headers, open(sys.argv[2], "rb").read(), q["now"]))
                """);
        for (String name : CASES) {
            assertThat(ask(question(name, Signing.SHARED), "python3", script.toString()))
                    .as(name)
                    .isEqualTo(name.equals("good") ? "True" : "False");
        }
    }

    @Test
    void the_go_example_takes_ours_alone() throws Exception {
        assumeTrue(isThere("go", "version"), "go is not on this machine");
        Files.writeString(directory.resolve("go.mod"), "module example\n\ngo 1.18\n");
        Files.createDirectory(directory.resolve("callback"));
        Files.writeString(directory.resolve("callback").resolve("callback.go"), example("go"));
        Files.writeString(directory.resolve("main.go"), """
                package main

                import (
                	"encoding/json"
                	"example/callback"
                	"fmt"
                	"net/http"
                	"os"
                	"time"
                )

                func main() {
                	var q struct {
                		Secret, ID, Timestamp, Signatures string
                		Now                               int64
                	}
                	text, _ := os.ReadFile(os.Args[1])
                	json.Unmarshal(text, &q)
                	body, _ := os.ReadFile(os.Args[2])
                	header := http.Header{}
                	header.Set("webhook-id", q.ID)
                	header.Set("webhook-timestamp", q.Timestamp)
                	header.Set("webhook-signature", q.Signatures)
                	fmt.Println(callback.IsOurs(q.Secret, header, body, time.Unix(q.Now, 0)))
                }
                """);
        for (SigningSecret secret : List.of(Signing.SHARED, Signing.PUBLIC_KEY)) {
            for (String name : CASES) {
                assertThat(ask(question(name, secret), "go", "run", "."))
                        .as(name)
                        .isEqualTo(Boolean.toString(name.equals("good")));
            }
        }
    }

    private boolean isThere(String... command) {
        try {
            return run(List.of(command)).waitFor() == 0;
        } catch (IOException | InterruptedException notThere) {
            return false;
        }
    }

    private String ask(Question question, String... command) throws Exception {
        JsonObject json = new JsonObject()
                .put("secret", question.secret())
                .put("id", question.id())
                .put("timestamp", question.timestamp())
                .put("signatures", question.signatures())
                .put("now", question.now());
        Path asked = Files.writeString(directory.resolve("question.json"), json.encode());
        Path body = Files.write(directory.resolve("body"), question.body());
        List<String> line = new java.util.ArrayList<>(List.of(command));
        line.add(asked.toString());
        line.add(body.toString());
        Process process = run(line);
        String answer = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    private Process run(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putIfAbsent("HOME", directory.toString()); // Where go keeps what it compiled.
        return builder.start();
    }
}
