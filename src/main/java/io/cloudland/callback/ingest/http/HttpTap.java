package io.cloudland.callback.ingest.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.ingest.CommandAdmission;
import io.cloudland.callback.ingest.CommandVerdict;
import io.cloudland.callback.time.HomeContext;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes commands by HTTP: the platform's own request, or one or many commands of the contract. Confined to the event loop of its
 * verticle.
 */
final class HttpTap {

    static final String COMMANDS = "/api/v1/commands";
    static final String HEALTH = "/healthz";

    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_LINE_BYTES = 4 * 1024;
    private static final int MAX_CONNECTIONS = 1024;
    /** Of request bodies that are held at once, over all connections. */
    private static final long MOST_HELD_BYTES = 64L << 20;

    private final CommandAdmission admission;
    private final TokenCheck tokens;
    private final TapSettings settings;
    private final HomeContext home;
    private final Timers timers;
    private final CopyBudget budget;
    private final HttpServer server;
    private final Map<HttpConnection, Timers.Cancellable> open = new HashMap<>();

    HttpTap(
            Vertx vertx,
            HttpServerOptions listen,
            CommandAdmission admission,
            TokenCheck tokens,
            TapSettings settings,
            HomeContext home,
            Timers timers) {
        this.admission = admission;
        this.tokens = tokens;
        this.settings = settings;
        this.home = home;
        this.timers = timers;
        this.budget = new CopyBudget(Math.max(MOST_HELD_BYTES, 2L * settings.maxBodyBytes()));
        this.server = vertx.createHttpServer(listen.setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false));
    }

    /** Completes with the port that it listens on. */
    Future<Integer> start() {
        return server.connectionHandler(this::connected)
                .requestHandler(this::handle)
                .listen()
                .map(HttpServer::actualPort);
    }

    Future<Void> stop() {
        return server.close();
    }

    private void connected(HttpConnection connection) {
        if (open.size() >= MAX_CONNECTIONS) {
            connection.close();
            return;
        }
        awaitHead(connection);
        connection.closeHandler(closed -> {
            Timers.Cancellable limit = open.remove(connection);
            if (limit != null) {
                limit.cancel();
            }
        });
    }

    /** A head that drips in keeps no connection longer than one that does not come at all. */
    private void awaitHead(HttpConnection connection) {
        open.put(connection, timers.schedule(settings.idleTimeout(), connection::close));
    }

    private void headCame(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        Timers.Cancellable limit = open.get(connection);
        if (limit != null) {
            limit.cancel();
        }
        request.response().endHandler(ended -> {
            if (open.containsKey(connection)) {
                awaitHead(connection);
            }
        });
    }

    private void handle(HttpServerRequest request) {
        headCame(request);
        TapRequest asked = new TapRequest(request, settings, budget, timers);
        String path = String.valueOf(request.path());
        switch (path) {
            case HEALTH -> health(asked);
            case PlatformRequest.PATH -> commands(asked, body -> CommandBatch.ofPlatform(body));
            case COMMANDS -> commands(asked, isLines(request) ? CommandBatch::ofLines : CommandBatch::ofJson);
            default ->
                asked.refuse(
                        404,
                        "there are POST " + PlatformRequest.PATH + ", POST " + COMMANDS + " and GET " + HEALTH,
                        false);
        }
    }

    private void health(TapRequest asked) {
        if (allows(asked, "GET")) {
            asked.read((whole, body) -> whole.answer(200, new JsonObject().put("status", "up")));
        }
    }

    private static boolean allows(TapRequest asked, String method) {
        if (asked.request().method().name().equals(method)) {
            return true;
        }
        asked.request().response().putHeader("Allow", method);
        asked.refuse(405, asked.request().path() + " takes " + method, false);
        return false;
    }

    private void commands(TapRequest asked, Function<Buffer, CommandBatch> reader) {
        if (allows(asked, "POST") && isKnown(asked) && isJson(asked) && !asked.refusesLength()) {
            asked.read((whole, body) -> take(whole, body, reader));
        }
    }

    private boolean isKnown(TapRequest asked) {
        if (tokens.passes(asked.request().getHeader("Authorization"))) {
            return true;
        }
        asked.request().response().putHeader("WWW-Authenticate", "Bearer");
        asked.refuse(401, "the token is missing or wrong: send it as 'Authorization: Bearer ...'", false);
        return false;
    }

    /** A web page that somebody reads on this machine can post anything but JSON here without being asked. */
    private static boolean isJson(TapRequest asked) {
        String type = type(asked.request());
        if (type.equals("application/json") || isLines(asked.request())) {
            return true;
        }
        asked.refuse(415, "the Content-Type must be application/json or application/x-ndjson", false);
        return false;
    }

    private static boolean isLines(HttpServerRequest request) {
        String type = type(request);
        return type.equals("application/x-ndjson") || type.equals("application/ndjson");
    }

    private static String type(HttpServerRequest request) {
        @Nullable String type = request.getHeader("Content-Type");
        return type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    private void take(TapRequest asked, Buffer body, Function<Buffer, CommandBatch> reader) {
        CommandBatch batch;
        try {
            batch = reader.apply(body);
        } catch (CallbackException unreadable) {
            CommandVerdict refused = new CommandVerdict.Refused(unreadable);
            asked.answer(TapAnswers.status(refused), TapAnswers.answer(refused));
            return;
        }
        if (batch.messages().size() > settings.maxBatch()) {
            asked.refuse(413, "one request may hold " + settings.maxBatch() + " commands at most (max_batch)", false);
        } else {
            admit(asked, batch);
        }
    }

    private void admit(TapRequest asked, CommandBatch batch) {
        List<Future<CommandVerdict>> verdicts = new ArrayList<>(batch.messages().size());
        for (Object message : batch.messages()) {
            verdicts.add(
                    message instanceof CallbackException unreadable
                            ? Future.succeededFuture(new CommandVerdict.Refused(unreadable))
                            : admission.admit(message, true));
        }
        home.bring(Future.join(verdicts))
                .onSuccess(all -> answer(
                        asked, batch, verdicts.stream().map(Future::result).toList()));
    }

    private static void answer(TapRequest asked, CommandBatch batch, List<CommandVerdict> verdicts) {
        int status = TapAnswers.status(verdicts);
        String retryAfter = TapAnswers.isRetryable(verdicts) ? "1" : null;
        asked.answer(
                status,
                batch.contentType(),
                batch.body(verdicts.stream().map(TapAnswers::answer).toList()),
                retryAfter);
    }
}
