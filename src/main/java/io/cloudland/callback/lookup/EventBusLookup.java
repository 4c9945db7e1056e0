package io.cloudland.callback.lookup;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * The lookup that a host answers on an event bus address.
 *
 * <p>The host is sent {@code {"resource_type", "resource_id", "command"}}, or for an interface known by its MAC address
 * {@code {"resource_type", "instance_id", "mac_addr", "command"}}, and replies with a snapshot. It says "not known" with
 * {@code null}, an empty object, or a failure of code 404.
 */
final class EventBusLookup implements ResourceLookup {

    private static final int NOT_FOUND = 404;

    private final Vertx vertx;
    private final String address;
    private final Duration timeout;
    private final DeliveryOptions options;

    EventBusLookup(Vertx vertx, String address, Duration timeout) {
        this.vertx = vertx;
        this.address = address;
        this.timeout = timeout;
        this.options = new DeliveryOptions().setSendTimeout(timeout.toMillis());
    }

    @Override
    public Future<Optional<ResourceSnapshot>> find(ResourceLocator locator, CommandMessage command) {
        return vertx.eventBus()
                .<Object>request(address, question(locator, command), options)
                .compose(reply -> read(reply, locator), failure -> recover(failure, locator, command));
    }

    private static JsonObject question(ResourceLocator locator, CommandMessage command) {
        JsonObject question =
                new JsonObject().put("resource_type", locator.type().wireName());
        if (locator instanceof ResourceLocator.InterfaceByMac byMac) {
            question.put("instance_id", byMac.instanceId()).put("mac_addr", byMac.macAddress());
        } else if (locator instanceof ResourceLocator.ById byId) {
            question.put("resource_id", byId.resource().id());
        }
        return question.put("command", command.name());
    }

    private Future<Optional<ResourceSnapshot>> read(Message<Object> reply, ResourceLocator locator) {
        Object body = reply.body();
        if (body == null) {
            return Future.succeededFuture(Optional.empty());
        }
        if (body instanceof JsonObject json) {
            return Future.succeededFuture(
                    json.isEmpty() ? Optional.empty() : Optional.of(SnapshotReader.read(json.getMap(), locator)));
        }
        return Future.failedFuture(new CallbackException(
                ErrorCode.INVALID_SNAPSHOT,
                "the host's reply on " + address + " about " + locator + " is not a JSON object but a "
                        + body.getClass().getSimpleName() + "; the command makes no event, correct the host's lookup"));
    }

    private Future<Optional<ResourceSnapshot>> recover(
            Throwable failure, ResourceLocator locator, CommandMessage command) {
        if (failure instanceof ReplyException reply
                && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE
                && reply.failureCode() == NOT_FOUND) {
            return Future.succeededFuture(Optional.empty());
        }
        String source = "the event bus address " + address;
        return Future.failedFuture(LookupFailures.unavailable(source, locator, command, reason(failure)));
    }

    private String reason(Throwable failure) {
        if (!(failure instanceof ReplyException reply)) {
            return failure.toString();
        }
        return switch (reply.failureType()) {
            case NO_HANDLERS -> "nobody listens there";
            case TIMEOUT -> "no reply within " + timeout.toMillis() + " ms";
            case RECIPIENT_FAILURE -> "the host failed with code " + reply.failureCode() + ": " + reply.getMessage();
            case ERROR -> String.valueOf(reply.getMessage());
        };
    }
}
