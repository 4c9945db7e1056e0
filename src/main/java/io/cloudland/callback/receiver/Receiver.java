package io.cloudland.callback.receiver;

import io.cloudland.callback.error.CallbackException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.Optional;

/**
 * A test receiver of callbacks: takes events, keeps account of them, prints them, and fails on request.
 *
 * <p>It serves {@code POST} and {@code OPTIONS /api/v1/resource-changes}, {@code GET /stats}, {@code /health} and {@code /report},
 * {@code GET, PUT, DELETE /faults} and {@code POST /reset}. One event loop owns its connections; its methods may be called
 * from any thread.
 */
public final class Receiver {

    /** Where events go. */
    public static final String EVENTS_PATH = "/api/v1/resource-changes";

    private final ReceiverOptions options;
    private final HttpServer server;
    private final EventIntake intake;
    private final HandshakeReply handshake;

    private Receiver(ReceiverOptions options, HttpServer server, EventIntake intake, HandshakeReply handshake) {
        this.options = options;
        this.server = server;
        this.intake = intake;
        this.handshake = handshake;
    }

    /**
     * Starts a receiver.
     *
     * @return fails where the address cannot be listened on, and with {@code CONFIG_INVALID} for a wrong fault text
     */
    public static Future<Receiver> start(Vertx vertx, ReceiverOptions options) {
        return start(vertx, options, ArrivalListener.NONE);
    }

    /**
     * Starts a receiver that somebody listens to.
     *
     * @return fails where the address cannot be listened on, and with {@code CONFIG_INVALID} for a wrong fault text
     */
    public static Future<Receiver> start(Vertx vertx, ReceiverOptions options, ArrivalListener listener) {
        try {
            EventIntake intake = new EventIntake(vertx, options, listener);
            HandshakeReply handshake = new HandshakeReply(options.allowedRate());
            return vertx.createHttpServer(new HttpServerOptions().setHandle100ContinueAutomatically(true))
                    .requestHandler(new Routes(intake, handshake, options.time())::handle)
                    .listen(options.port(), options.host())
                    .map(server -> new Receiver(options, server, intake, handshake));
        } catch (CallbackException wrongFaults) {
            return Future.failedFuture(wrongFaults);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Its base, for example {@code http://127.0.0.1:8080}. */
    public String baseUrl() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return "http://" + host + ":" + port();
    }

    /** Where events go, as an absolute URL. */
    public String url() {
        return baseUrl() + EVENTS_PATH;
    }

    /** The counts of this moment. */
    public Report report() {
        return intake.account().report();
    }

    /** Whether an event of that id was answered 2xx. */
    public boolean hasTaken(String webhookId) {
        return intake.account().hasTaken(webhookId);
    }

    /** How many callbacks had a valid signature and how many had not, where that is checked. */
    public SignatureCounts signatures() {
        return intake.signatures().counts();
    }

    /** Forgets the account; faults stay. */
    public void reset() {
        intake.account().reset();
        intake.signatures().reset();
    }

    /** The faults in force as text; empty for none. */
    public String faults() {
        return intake.faults();
    }

    /**
     * Puts other faults in force, from the next event on.
     *
     * @param text such as {@code status=500@10%}; blank for none
     * @throws CallbackException {@code CONFIG_INVALID}, its text listing the grammar; the faults stay as they were
     */
    public void setFaults(String text) {
        intake.setFaults(text);
    }

    /** How often somebody has asked whether events are wanted here. */
    public long handshakes() {
        return handshake.asked();
    }

    /**
     * Answers handshakes so from now on.
     *
     * @param perMinute how many requests a minute are allowed, {@code *} for any number; empty to refuse
     */
    public void allowRate(Optional<String> perMinute) {
        handshake.allow(perMinute);
    }

    /** Stops listening and ends every connection, hanging ones too. */
    public Future<Void> close() {
        return server.close();
    }
}
