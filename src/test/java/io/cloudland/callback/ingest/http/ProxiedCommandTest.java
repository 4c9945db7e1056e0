package io.cloudland.callback.ingest.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.registry.CommandResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What becomes of the commands that pass the proxy: taken in, or kept in a file. */
class ProxiedCommandTest extends ProxyOnSockets {

    @Test
    void the_call_is_answered_while_the_intake_hangs_and_is_kept_when_it_has_hung_too_long() throws Exception {
        Promise<CommandResult> never = Promise.promise();
        intake.answer = command -> never.future();
        byte[] request = request(LAUNCH, "");
        call(request);
        await().atMost(25, SECONDS).untilAsserted(() -> assertThat(kept()).hasSize(1));
        assertThat(kept().get(0).getString("command")).isEqualTo(LAUNCH);
        assertThat(counts.unaccepted()).isEqualTo(1);
    }

    @Test
    void a_refused_command_is_kept_with_all_that_is_needed_to_send_it_again() throws Exception {
        intake.answer = command -> Future.failedFuture(new CallbackException(ErrorCode.QUEUE_FULL, "too much waits"));
        byte[] request = request(LAUNCH, "error=resource");
        call(request, request);
        await().untilAsserted(() -> assertThat(kept()).hasSize(2));
        JsonObject line = kept().get(0);
        assertThat(line.getString("command")).isEqualTo(LAUNCH);
        assertThat(line.getString("control")).isEqualTo("error=resource");
        assertThat(line.getInstant("timestamp")).isNotNull();
        assertThat(line.getJsonObject("unaccepted").getInteger("code")).isEqualTo(1301);
        assertThat(intake.submitted.get(0).id()).contains(line.getString("id"));
        assertThat(kept().get(1).getString("id")).isNotEqualTo(line.getString("id"));
        assertThat(counts.lost()).isZero();
    }

    @Test
    void a_status_report_has_no_id_that_would_cost_a_write_for_each_of_its_instances() throws Exception {
        intake.answer = command -> Future.failedFuture(new CallbackException(ErrorCode.QUEUE_FULL, "too much waits"));
        intake.known = name -> true;
        byte[] request = request("/opt/cloudland/scripts/inst_status.sh '3' '5 running'", "");
        call(request);
        await().untilAsserted(() -> assertThat(kept()).hasSize(1));
        assertThat(kept().get(0).containsKey("id")).isFalse();
        assertThat(intake.submitted.get(0).id()).isEmpty();
    }

    @Test
    void a_file_that_cannot_be_written_is_counted_and_the_call_passes_all_the_same() throws Exception {
        intake.answer = command -> Future.failedFuture(new CallbackException(ErrorCode.QUEUE_FULL, "too much waits"));
        Files.writeString(directory.resolve("data"), "a file where the directory should be");
        byte[] request = request(LAUNCH, "");
        call(request);
        await().untilAsserted(() -> assertThat(counts.lost()).isEqualTo(1));
    }

    @Test
    void what_has_no_verdict_at_a_stop_is_kept() throws Exception {
        Promise<CommandResult> never = Promise.promise();
        intake.answer = command -> never.future();
        byte[] request = request(LAUNCH, "");
        backEnd.script(answering(request.length, DONE));
        try (RawClient client = new RawClient(proxy.port())) {
            client.write(request);
            assertThat(client.read(DONE.length)).isEqualTo(DONE);
            await().until(() -> intake.submitted.size() == 1);
        }
        vertx.undeploy(deployment).await(20, SECONDS);
        assertThat(kept()).hasSize(1);
    }

    @Test
    void every_control_means_what_it_means_to_the_platform() throws Exception {
        List<String> controls = List.of("", "inter=3", "toall=vlan-7:1,2", "callback=agent", "error", "error=resource");
        List<byte[]> requests = new ArrayList<>();
        controls.forEach(control -> requests.add(request(LAUNCH, control)));
        call(requests.toArray(new byte[0][]));
        await().untilAsserted(() -> assertThat(listener.heard)
                .containsExactly(
                        "accepted 1",
                        "accepted 1",
                        "accepted 1",
                        "ignored not registered",
                        "ignored failed",
                        "accepted 1"));
        assertThat(intake.submitted.stream().map(CommandMessage::failed).collect(Collectors.toList()))
                .containsExactly(false, false, false, true);
    }

    @Test
    void a_client_that_goes_before_the_answer_does_not_lose_us_the_command() throws Exception {
        byte[] request = request(LAUNCH, "");
        byte[] other = bytes("GET / HTTP/1.1\r\n\r\n");
        CompletableFuture<Void> gone = new CompletableFuture<>();
        backEnd.script(connection -> {
            boolean first = backEnd.count() == 1;
            connection.read(first ? request.length : other.length);
            if (first) {
                gone.join();
            }
            connection.write(DONE);
        });
        try (RawClient client = new RawClient(proxy.port())) {
            client.write(request);
            await().until(() -> backEnd.count() == 1 && backEnd.connection(0).bytes().length == request.length);
        }
        for (int i = 0; i < 3; i++) { // The same event loop has seen the client go once it has served others.
            try (RawClient another = new RawClient(proxy.port())) {
                another.write(other);
                assertThat(another.read(DONE.length)).isEqualTo(DONE);
            }
        }
        gone.complete(null);
        await().untilAsserted(() -> assertThat(intake.submitted).hasSize(1));
    }
}
