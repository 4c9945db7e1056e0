package io.cloudland.callback.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes one event: reads it, lets faults strike, answers, keeps account, prints. */
final class EventIntake {

    private final Account account = new Account();
    private final ReceiverOptions options;
    private final Optional<EventPrinter> printer;
    private final FaultInjector injector;
    private final ArrivalListener listener;
    private final SignatureGate signatures;
    private volatile FaultPlan plan;

    EventIntake(Vertx vertx, ReceiverOptions options, ArrivalListener listener) {
        this.options = options;
        this.listener = listener;
        this.plan = FaultPlan.of(options.faults(), options.seed());
        this.printer = options.printer().map(to -> new EventPrinter(to, options.verbose(), options.time()));
        this.injector = new FaultInjector(vertx);
        this.signatures = new SignatureGate(options.signatureCheck(), options.time());
    }

    Account account() {
        return account;
    }

    SignatureGate signatures() {
        return signatures;
    }

    String faults() {
        return plan.text();
    }

    void setFaults(String text) {
        plan = FaultPlan.of(text, options.seed());
    }

    void handle(HttpServerRequest request) {
        LimitedBody.read(request, body -> whole(request, body), account::reject);
    }

    private void whole(HttpServerRequest request, Buffer body) {
        byte[] bytes = body.getBytes();
        Optional<String> mistrust = signatures.problem(request.headers(), bytes);
        if (mistrust.isPresent()) {
            refuseUnsigned(request, mistrust.get());
        } else {
            trusted(request, body, bytes);
        }
    }

    /** The print tells why; the sender is not told, lest it be somebody who is trying. */
    private void refuseUnsigned(HttpServerRequest request, String why) {
        account.reject();
        Answers.error(request, 401, "the signature is not valid");
        printer.ifPresent(to -> to.print("a callback whose signature is not valid: " + why + "  answered 401"));
    }

    private void trusted(HttpServerRequest request, Buffer body, byte[] bytes) {
        EventFacts facts;
        try {
            facts = EventFacts.read(bytes);
        } catch (IOException unreadable) {
            refuse(request, unreadable);
            return;
        }
        Exchange exchange = new Exchange(request, body, arrival(request.headers(), facts));
        listener.arrived(exchange.arrival(), bytes);
        List<Fault> striking = plan.next();
        if (striking.isEmpty()) {
            take(exchange, 200);
        } else {
            injector.strike(request, striking, new FaultOutcome(this, exchange));
        }
    }

    private void refuse(HttpServerRequest request, IOException why) {
        account.reject();
        Answers.error(request, 400, "the body cannot be read: " + reason(why));
        printer.ifPresent(to -> to.print("an event whose body cannot be read: " + reason(why) + "  answered 400"));
    }

    /** The parser's text without the excerpt of the body behind it. */
    private static String reason(IOException why) {
        return why instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : String.valueOf(why.getMessage());
    }

    private static Arrival arrival(MultiMap headers, EventFacts facts) {
        return new Arrival(
                Optional.ofNullable(headers.get("webhook-id")),
                facts.resource(),
                Optional.ofNullable(headers.get("CloudLand-Epoch")),
                number(headers.get("CloudLand-Sequence")),
                facts.status(),
                facts.previousStatus(),
                number(headers.get("CloudLand-Coalesced-From")),
                number(headers.get("CloudLand-Coalesced-Count")));
    }

    private static long number(@Nullable String header) {
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** Answers 2xx and counts the event as taken; a sender that has left in the meantime took nothing from us. */
    void take(Exchange exchange, int status) {
        if (exchange.request().response().closed()) {
            reject(exchange, "sender left before the answer");
            return;
        }
        Verdict verdict = account.take(exchange.arrival());
        listener.taken(exchange.arrival());
        if (status == 200) {
            Answers.received(exchange.request(), account.received());
        } else {
            exchange.request().response().setStatusCode(status).end();
        }
        printer.ifPresent(to -> to.taken(exchange, verdict));
    }

    void reject(Exchange exchange, String answer) {
        account.reject();
        printer.ifPresent(to -> to.rejected(exchange, answer));
    }
}
