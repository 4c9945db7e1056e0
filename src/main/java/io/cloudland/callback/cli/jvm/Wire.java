package io.cloudland.callback.cli.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One end of a pipe between two processes: either end asks the other, many questions at once, a JSON line each.
 *
 * <p>Two threads read and write. Questions are served and answers told on one context, in the order in which they came.
 * What the other end had written before it was killed still arrives; then every open question fails with
 * {@link WireEnded}.
 */
public final class Wire {

    /** Answers one kind of question. */
    @FunctionalInterface
    public interface Service {
        /** The answer; a {@link ReplyException} arrives at the other end with its code and text. */
        Future<JsonObject> answer(JsonObject question);
    }

    private final Context context;
    private final Map<String, Service> services;
    private final Map<Long, Promise<JsonObject>> open = new ConcurrentHashMap<>();
    private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private final Promise<Void> ended = Promise.promise();
    private volatile boolean over;

    private Wire(Context context, Map<String, Service> services) {
        this.context = context;
        this.services = Map.copyOf(services);
    }

    /**
     * Opens this end.
     *
     * @param services who answers the other end's questions, by kind
     */
    static Wire open(InputStream in, OutputStream out, Context context, Map<String, Service> services) {
        Wire wire = new Wire(context, services);
        thread("wire-reader", () -> wire.read(new BufferedReader(new InputStreamReader(in, UTF_8))));
        thread("wire-writer", () -> wire.write(new BufferedWriter(new OutputStreamWriter(out, UTF_8))));
        return wire;
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Asks the other end. Any thread. */
    Future<JsonObject> ask(String kind, JsonObject question) {
        long number = lastNumber.incrementAndGet();
        Promise<JsonObject> answer = Promise.promise();
        open.put(number, answer);
        send(new JsonObject().put("ask", number).put("kind", kind).put("body", question));
        if (over && open.remove(number) != null) {
            answer.fail(new WireEnded());
        }
        return answer.future();
    }

    /** Completes when the other end is gone. */
    Future<Void> ended() {
        return ended.future();
    }

    private void send(JsonObject line) {
        outgoing.add(line.encode());
    }

    private void write(Writer out) {
        try {
            while (true) {
                String line = outgoing.take();
                for (String next = line; next != null; next = outgoing.poll()) {
                    out.write(next);
                    out.write('\n');
                }
                out.flush();
            }
        } catch (IOException gone) {
            // The reader notices too, and tells.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(BufferedReader in) {
        try (in) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonObject message = decoded(line);
                if (message != null) {
                    context.runOnContext(turn -> take(message));
                }
            }
        } catch (IOException gone) {
            // Ends as a closed pipe does.
        }
        context.runOnContext(turn -> end());
    }

    /** Null for what is no message: the last line of a process that was killed while it wrote it. */
    private static @Nullable JsonObject decoded(String line) {
        try {
            return new JsonObject(line);
        } catch (DecodeException torn) {
            return null;
        }
    }

    private void take(JsonObject message) {
        Long asked = message.getLong("ask");
        if (asked != null) {
            serve(asked, message.getString("kind"), message.getJsonObject("body"));
            return;
        }
        Promise<JsonObject> answer = open.remove(message.getLong("answer"));
        if (answer != null) {
            settle(answer, message);
        }
    }

    private static void settle(Promise<JsonObject> answer, JsonObject message) {
        Integer code = message.getInteger("code");
        if (code == null) {
            answer.complete(message.getJsonObject("body"));
        } else {
            answer.fail(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, message.getString("text")));
        }
    }

    private void serve(long number, String kind, JsonObject question) {
        Service service = services.get(kind);
        Future<JsonObject> answer = service == null
                ? Future.failedFuture("nobody here answers '" + kind + "'")
                : Future.future(promise -> service.answer(question).onComplete(promise));
        answer.onComplete(
                body -> send(new JsonObject().put("answer", number).put("body", body)),
                failure -> send(new JsonObject()
                        .put("answer", number)
                        .put("code", failure instanceof ReplyException reply ? reply.failureCode() : -1)
                        .put("text", String.valueOf(failure.getMessage()))));
    }

    private void end() {
        over = true;
        open.keySet().forEach(number -> {
            Promise<JsonObject> unanswered = open.remove(number);
            if (unanswered != null) {
                unanswered.fail(new WireEnded());
            }
        });
        ended.complete();
    }
}
