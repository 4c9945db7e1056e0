package io.cloudland.callback.cli.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Asks a running service through its control socket. What fails, fails with a {@link Refusal}. */
final class ServiceClient {

    private static final String API = "/api/v1/";
    /** A replay of everything goes through all of it. */
    private static final long TIMEOUT_MILLIS = Duration.ofMinutes(10).toMillis();

    private final WebClient client;
    private final Path socket;
    private final SocketAddress address;

    ServiceClient(Vertx vertx, Path socket) {
        this.client = WebClient.create(vertx);
        this.socket = socket;
        this.address = SocketAddress.domainSocketAddress(socket.toString());
    }

    Future<JsonObject> get(String what, Map<String, String> parameters) {
        HttpRequest<Buffer> request = request(HttpMethod.GET, what);
        parameters.forEach(request::addQueryParam);
        return request.send().recover(this::unreachable).map(ServiceClient::read);
    }

    Future<JsonObject> post(String what, JsonObject body) {
        return request(HttpMethod.POST, what)
                .sendJsonObject(body)
                .recover(this::unreachable)
                .map(ServiceClient::read);
    }

    private HttpRequest<Buffer> request(HttpMethod method, String what) {
        return client.request(method, address, 80, "localhost", API + what).timeout(TIMEOUT_MILLIS);
    }

    private Future<HttpResponse<Buffer>> unreachable(Throwable failure) {
        if (failure instanceof ConnectException || Files.notExists(socket)) {
            return Future.failedFuture(Refusal.of("no service listens at " + socket
                    + "; is it running? Start it, run this in the directory that it runs in, or name its configuration"
                    + " with -conf or its socket with --socket"));
        }
        return Future.failedFuture(Refusal.of("the service at " + socket + " cannot be asked: " + failure.getMessage()
                + "; only the user that it runs as may ask it"));
    }

    private static JsonObject read(HttpResponse<Buffer> answer) {
        JsonObject body = json(answer);
        if (answer.statusCode() == 200) {
            return body;
        }
        JsonObject error = body.getJsonObject("error", new JsonObject());
        String message = error.getString("message", "the service answered HTTP " + answer.statusCode());
        throw answer.statusCode() == 400 ? Refusal.ofWrongCall(message) : Refusal.of(message);
    }

    private static JsonObject json(HttpResponse<Buffer> answer) {
        try {
            return answer.bodyAsJsonObject() == null ? new JsonObject() : answer.bodyAsJsonObject();
        } catch (DecodeException noJson) {
            throw Refusal.of("what listens there is no CloudLand Callback: it answers HTTP " + answer.statusCode()
                    + " without JSON");
        }
    }
}
