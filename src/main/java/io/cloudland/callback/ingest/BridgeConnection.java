package io.cloudland.callback.ingest;

import io.cloudland.callback.time.HomeContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client of the TCP bridge. Takes commands, answers pings and refuses everything else. Reads no further while so many frames
 * wait for their answer, or for the client to read it: a client that is too fast, or does not listen, is slowed and fills no memory.
 * Confined to the context of its verticle.
 */
final class BridgeConnection {

    static final int MOST_UNANSWERED = 64;

    private final NetSocket socket;
    private final CommandAdmission admission;
    private final String address;
    private final HomeContext home;
    private final FrameReader frames;
    private int unanswered;
    private boolean broken;

    BridgeConnection(
            NetSocket socket, CommandAdmission admission, String address, int maxFrameBytes, HomeContext home) {
        this.socket = socket;
        this.admission = admission;
        this.address = address;
        this.home = home;
        this.frames = new FrameReader(maxFrameBytes);
    }

    void start() {
        socket.exceptionHandler(failure -> socket.close());
        socket.handler(bytes -> {
            frames.add(bytes);
            work();
        });
    }

    private void work() {
        try {
            while (!broken && unanswered < MOST_UNANSWERED) {
                Optional<Buffer> frame = frames.next();
                if (frame.isEmpty()) {
                    break;
                }
                take(frame.get());
            }
        } catch (FrameReader.NoFrame stranger) {
            broken = true;
            socket.write(BridgeFrames.refused(String.valueOf(stranger.getMessage()), new JsonObject()))
                    .onComplete(told -> socket.close());
        }
        if (unanswered >= MOST_UNANSWERED || broken) {
            socket.pause();
        } else {
            socket.resume();
        }
    }

    private void take(Buffer bytes) {
        JsonObject frame;
        try {
            frame = new JsonObject(bytes);
        } catch (RuntimeException notJson) {
            write(BridgeFrames.refused("invalid_json", new JsonObject()));
            return;
        }
        switch (String.valueOf(frame.getValue("type"))) {
            case "ping" -> write(BridgeFrames.pong());
            case "send" -> send(frame);
            case "publish", "register", "unregister" -> write(BridgeFrames.refused("access_denied", frame));
            default -> write(BridgeFrames.refused("unknown_type", frame));
        }
    }

    private void send(JsonObject frame) {
        if (frame.getValue("address") == null) {
            write(BridgeFrames.refused("missing_address", frame));
        } else if (address.equals(frame.getValue("address"))) {
            command(frame.getValue("body"), frame.getValue("replyAddress") instanceof String to ? to : "");
        } else {
            write(BridgeFrames.refused("access_denied", frame));
        }
    }

    private void command(@Nullable Object body, String replyAddress) {
        boolean told = !replyAddress.isEmpty();
        unanswered++;
        home.bring(admission.admit(body, told)).onComplete((verdict, impossible) -> {
            Future<Void> written = told && verdict != null
                    ? socket.write(BridgeFrames.answer(address, replyAddress, verdict))
                    : Future.succeededFuture();
            home.bring(written).onComplete(done -> answered());
        });
    }

    private void write(Buffer frame) {
        unanswered++;
        home.bring(socket.write(frame)).onComplete(done -> answered());
    }

    private void answered() {
        unanswered--;
        if (unanswered == MOST_UNANSWERED - 1) {
            home.run(this::work);
        }
    }
}
