package io.cloudland.callback.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

@ExtendWith(VertxExtension.class)
class SendAndReceiveTest {

    private final CapturedConsole captured = new CapturedConsole();

    private Receiver receive(Vertx vertx, String... args) throws Exception {
        ReceiveCommand command = new ReceiveCommand(captured.console());
        new CommandLine(command).parseArgs(args);
        return command.start(vertx).await(5, SECONDS);
    }

    @Test
    void the_six_samples_are_sent_and_each_answer_is_printed(Vertx vertx) throws Exception {
        Receiver receiver = Receiver.start(vertx, ReceiverOptions.onFreePort()).await(5, SECONDS);

        assertThat(Main.execute(new String[] {"send-samples", receiver.url()}, captured.console()))
                .isEqualTo(Main.OK);
        assertThat(receiver.report().unique()).isEqualTo(6);
        assertThat(receiver.report().resources()).isEqualTo(4);
        assertThat(captured.out().lines())
                .hasSize(7)
                .startsWith("1/6  instance/123 pending → running: HTTP 200  "
                        + "{\"status\":\"success\",\"message\":\"Event received\",\"count\":1}")
                .endsWith("6 of 6 sample events were answered 2xx");
    }

    @Test
    void one_refusal_fails_the_command(Vertx vertx) throws Exception {
        Receiver receiver = Receiver.start(vertx, ReceiverOptions.onFreePort().withFaults("status=503@first:1"))
                .await(5, SECONDS);
        assertThat(Main.execute(new String[] {"send-samples", receiver.url()}, captured.console()))
                .isEqualTo(Main.FAILED);
        assertThat(captured.out()).contains("HTTP 503", "5 of 6");
    }

    @Test
    void a_redirect_is_no_success(Vertx vertx) throws Exception {
        Receiver target = Receiver.start(vertx, ReceiverOptions.onFreePort()).await(5, SECONDS);
        Receiver receiver = Receiver.start(
                        vertx, ReceiverOptions.onFreePort().withFaults("redirect=" + target.baseUrl() + "/health"))
                .await(5, SECONDS);
        assertThat(Main.execute(new String[] {"send-samples", receiver.url()}, captured.console()))
                .isEqualTo(Main.FAILED);
    }

    @Test
    void nobody_there_fails_the_command(Vertx vertx) throws Exception {
        Receiver receiver = Receiver.start(vertx, ReceiverOptions.onFreePort()).await(5, SECONDS);
        receiver.close().await(5, SECONDS);
        assertThat(Main.execute(new String[] {"send-samples", receiver.url()}, captured.console()))
                .isEqualTo(Main.FAILED);
        assertThat(captured.out()).contains("no answer: ", "0 of 6");
    }

    @Test
    void receive_prints_where_it_listens_and_what_arrives(Vertx vertx) throws Exception {
        Receiver receiver = receive(vertx, "-port", "0", "-fault", "delay=1ms", "-fault", "status=503@first:1");
        assertThat(receiver.faults()).isEqualTo("delay=1ms,status=503@first:1");
        new SampleSender(vertx, captured.console().out()).send(receiver.url()).await(10, SECONDS);
        assertThat(captured.out())
                .contains("receives events on " + receiver.url())
                .contains("REJECTED: fault status=503")
                .contains("volume/7        available → attached");
    }

    @Test
    void a_quiet_receiver_prints_no_events(Vertx vertx) throws Exception {
        Receiver receiver = receive(vertx, "--port", "0", "--quiet");
        String before = captured.out();
        new SampleSender(vertx, new CapturedConsole().console().out())
                .send(receiver.url())
                .await(10, SECONDS);
        assertThat(captured.out()).isEqualTo(before);
        assertThat(receiver.report().received()).isEqualTo(6);
    }

    @Test
    void a_port_that_is_taken_is_told(Vertx vertx) throws Exception {
        // Another process's port: within one Vert.x a second server would share it.
        try (java.net.ServerSocket taken =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> receive(vertx, "-port", Integer.toString(taken.getLocalPort())))
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }
}
