package io.cloudland.callback.config;

import io.cloudland.callback.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of {@code [callback.ingest.http]}. */
final class HttpIngestOptions {

    private static final String TABLE = "callback.ingest.http.";

    static final Option<Integer> PORT = new Option<>(
            TABLE + "port",
            Kind.WHOLE_NUMBER,
            Rule.wholeNumber(1, 65_535),
            Optional.empty(),
            false,
            "The port on which commands are taken by HTTP. None is without it.");
    static final Option<String> HOST = Option.text(
            TABLE + "host",
            HttpIngestRules.host(),
            "127.0.0.1",
            "The address that it listens on. Any but a loopback one needs `token`, or `tls_trust_store`.");
    static final Option<URI> UPSTREAM = Option.unset(
            TABLE + "upstream",
            HttpIngestRules.upstream(),
            "The back end that calls go through to, unchanged; a command is taken in once it was executed there.");
    static final Option<List<Secret>> TOKEN = new Option<>(
            TABLE + "token",
            Kind.SECRET,
            HttpIngestRules.tokens(),
            Optional.empty(),
            false,
            "What a sender must show as `Authorization: Bearer ...`; several while senders change from one to the next.");
    static final Option<String> TLS_KEY_STORE = Option.unset(
            TABLE + "tls_key_store",
            ConnectionRules.keyFile(),
            "The certificate and key of this service: with it TLS is spoken. A PEM file holds both.");
    static final Option<Secret> TLS_KEY_STORE_PASSWORD = Option.secret(
            TABLE + "tls_key_store_password", Rule.notEmpty(), "Opens `tls_key_store`, where it is locked.");
    static final Option<String> TLS_TRUST_STORE = Option.unset(
            TABLE + "tls_trust_store",
            ConnectionRules.keyFile(),
            "The authorities of senders: who cannot show a certificate of theirs is not heard.");
    static final Option<Secret> TLS_TRUST_STORE_PASSWORD = Option.secret(
            TABLE + "tls_trust_store_password", Rule.notEmpty(), "Opens `tls_trust_store`, where it is locked.");
    static final Option<Integer> MAX_BODY_BYTES = new Option<>(
            TABLE + "max_body_bytes",
            Kind.WHOLE_NUMBER,
            Rule.bytes(1024, 64L << 20).map(Long::intValue),
            Optional.of(1 << 20),
            false,
            "How many bytes the body of a request may have; with `upstream` longer ones pass, and are not read.");
    static final Option<Integer> MAX_BATCH =
            Option.number(TABLE + "max_batch", 1000, 1, 100_000, "How many commands one request may hold.");
    static final Option<Duration> REQUEST_TIMEOUT =
            Option.seconds(TABLE + "request_timeout", 10, 1, 3600, "How long a request may take to come in.");
    static final Option<Duration> IDLE_TIMEOUT = Option.seconds(
            TABLE + "idle_timeout", 60, 1, 3600, "How long a connection may stay without the head of a request.");
    static final Option<String> UNACCEPTED_FILE = Option.text(
            TABLE + "unaccepted_file",
            Rule.line(),
            "<store.path>/unaccepted.ndjson",
            "`upstream`: keeps commands that were executed and not taken in, for `send --file`. In `data/<prefix>` with the"
                    + " `memory` and `postgresql` stores.");
    static final Option<Long> UNACCEPTED_MAX_BYTES = Option.bytes(
            TABLE + "unaccepted_max_bytes",
            64L << 20,
            1L << 20,
            1L << 40,
            "`upstream`: how long that file may grow before such commands are only counted and logged.");

    /** In the order of the reference and the report. */
    static final List<Option<?>> ALL = List.of(
            PORT,
            HOST,
            UPSTREAM,
            TOKEN,
            TLS_KEY_STORE,
            TLS_KEY_STORE_PASSWORD,
            TLS_TRUST_STORE,
            TLS_TRUST_STORE_PASSWORD,
            MAX_BODY_BYTES,
            MAX_BATCH,
            REQUEST_TIMEOUT,
            IDLE_TIMEOUT,
            UNACCEPTED_FILE,
            UNACCEPTED_MAX_BYTES);

    private HttpIngestOptions() {}

    /** Whether the option means something: those of this table do beside a port. Every other option does. */
    static boolean means(Option<?> option, Settings settings) {
        return !ALL.contains(option)
                || option.equals(PORT)
                || settings.find(PORT).isPresent();
    }
}
