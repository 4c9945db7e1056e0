package io.cloudland.callback;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;

/**
 * Sends commands from a host to a service, on this node or on another one of the cluster, and says of each failure whether to
 * send again. Any thread; a future completes on the context of its caller.
 *
 * <p>The event bus alone is enough ({@code vertx.eventBus().request("callback.commands", ...)}); this adds the {@code id} by
 * which a repeat is known, a shorter time, and codes for what the bus itself can only call a timeout.
 */
public final class CommandSender {

    /** Where a service takes commands unless it is told otherwise. */
    public static final String DEFAULT_ADDRESS = "callback.commands";

    /** How long an answer is waited for, unless told otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final String address;
    private final Duration timeout;

    /** To {@value #DEFAULT_ADDRESS}, with ten seconds for an answer. */
    public CommandSender(Vertx vertx) {
        this(vertx, DEFAULT_ADDRESS, DEFAULT_TIMEOUT);
    }

    /**
     * To another address, or with more patience.
     *
     * @param address the service's {@code callback.ingest.address}
     * @param timeout how long an answer is waited for; with the memory store and a lookup that is away answers take long
     */
    public CommandSender(Vertx vertx, String address, Duration timeout) {
        this.vertx = vertx;
        this.address = address;
        this.timeout = timeout;
    }

    /** Sends one command line, for example {@code launch_vm '127' 'running' '3' 'init'}. */
    public Future<JsonObject> send(String commandLine) {
        return send(new JsonObject().put("command", commandLine));
    }

    /**
     * Sends one command as the contract has it, {@code {"command", "args"?, "id"?, ...}}. Gets an {@code id} of its own where it
     * has none; to send it again, keep the object: the id is put into it.
     *
     * @return the service's answer; fails with a {@link CallbackException} whose code says whether to send it again, of which
     *     {@code UNANSWERED} means that it may have been accepted
     */
    public Future<JsonObject> send(JsonObject command) {
        if (command.getValue("id") == null) {
            command.put("id", UUID.randomUUID().toString());
        }
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(timeout.toMillis());
        return vertx.eventBus()
                .<JsonObject>request(address, command, options)
                .map(Message::body)
                .recover(failure -> Future.failedFuture(told(failure, command)));
    }

    private CallbackException told(Throwable failure, JsonObject command) {
        if (!(failure instanceof ReplyException reply)) {
            return CallbackException.of(failure, what(command) + " could not be sent to " + address);
        }
        return switch (reply.failureType()) {
            case NO_HANDLERS ->
                new CallbackException(
                        ErrorCode.NO_SERVICE,
                        what(command) + ": no node takes commands at " + address
                                + "; nothing was kept of it. Send it again later.");
            case TIMEOUT ->
                new CallbackException(
                        ErrorCode.UNANSWERED,
                        what(command) + ": no answer within " + timeout.toMillis()
                                + " ms, the node that was asked may be gone. It may have been accepted: send it again with"
                                + " the same id.");
            default -> refused(reply);
        };
    }

    private static String what(JsonObject command) {
        return "command " + command.getValue("id");
    }

    /** The service's own words begin with the code. */
    private static CallbackException refused(ReplyException reply) {
        String text = String.valueOf(reply.getMessage());
        return ErrorCode.of(reply.failureCode())
                .map(code -> new CallbackException(code, text.replaceFirst("^CB-\\d+ [A-Z_]+: ", "")))
                .orElseGet(() -> CallbackException.of(reply, "a refusal that this version does not know"));
    }
}
