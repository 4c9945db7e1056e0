package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.Failed;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class HttpAttemptSenderTlsTest {

    private static RawServer selfSigned(Vertx vertx) {
        SelfSignedCertificate certificate = SelfSignedCertificate.create("some.other.host");
        NetServerOptions options = new NetServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions());
        return new RawServer(vertx, options, "127.0.0.1", RawServer.always(RawServer.OK));
    }

    private static SenderUnderTest sender(Vertx vertx, RawServer server, boolean skipVerify) {
        String url = "https://127.0.0.1:" + server.port() + "/hook";
        return new SenderUnderTest(vertx, Deliveries.endpoint(url, Deliveries.LONG_ENOUGH, skipVerify), 2);
    }

    @Test
    void a_certificate_that_nobody_trusts_is_refused(Vertx vertx) {
        RawServer server = selfSigned(vertx);
        try (SenderUnderTest sender = sender(vertx, server, false)) {
            assertThat(sender.send())
                    .isEqualTo(new Failed("TLS: unable to find valid certification path to requested target"));
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void a_lab_may_skip_the_check_of_certificate_and_host(Vertx vertx) {
        RawServer server = selfSigned(vertx);
        try (SenderUnderTest sender = sender(vertx, server, true)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void an_endpoint_that_speaks_no_tls_is_told_apart(Vertx vertx) {
        RawServer server = new RawServer(vertx, (socket, request) -> {});
        var plain = resultOf(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(hello -> socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")))
                .listen(0, "127.0.0.1"));
        String url = "https://127.0.0.1:" + plain.actualPort() + "/";
        try (SenderUnderTest sender = new SenderUnderTest(vertx, url)) {
            assertThat(sender.send()).isEqualTo(new Failed("TLS: the endpoint does not speak TLS"));
        }
        assertThat(server.connections()).isZero();
    }

    @Test
    void an_endpoint_that_closes_in_the_handshake_is_told_apart(Vertx vertx) {
        var closing = resultOf(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(hello -> socket.close()))
                .listen(0, "127.0.0.1"));
        String url = "https://127.0.0.1:" + closing.actualPort() + "/";
        try (SenderUnderTest sender = new SenderUnderTest(vertx, url)) {
            assertThat(sender.send()).isEqualTo(new Failed("TLS: closed by the endpoint in the handshake"));
        }
    }
}
