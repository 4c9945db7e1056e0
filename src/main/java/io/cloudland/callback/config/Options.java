package io.cloudland.callback.config;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Network;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.SigningSecret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every option but those of endpoints. The one place that knows keys, defaults and rules. */
final class Options {

    static final Option<Boolean> ENABLED = Option.flag("callback.enabled", true, "Whether commands become events.");
    static final Option<URI> URL = new Option<>(
            "callback.url",
            Kind.TEXT,
            Addresses.httpUrl(),
            Optional.empty(),
            false,
            "Where callbacks are posted: the endpoint `default`. Required, even with `enabled = false`, where there is no"
                    + " `[[callback.endpoints]]`.");
    static final Option<Integer> WORKERS =
            Option.number("callback.workers", 3, 1, 256, "How many delivery workers run; 3 to 5 do for most.");
    static final Option<Integer> QUEUE_SIZE = Option.number(
            "callback.queue_size",
            10_000,
            1,
            100_000_000,
            "How many deliveries may be open before commands are refused.");
    static final Option<Duration> TIMEOUT = Option.seconds(
            "callback.timeout", 30, 1, 3600, "Deadline of one attempt: connect, send and the whole response.");
    static final Option<Integer> RETRY_MAX = Option.number(
            "callback.retry_max", 3, 0, 1_000_000, "How many retries follow a failed first attempt; then dead letter.");
    static final Option<Duration> RETRY_INTERVAL =
            Option.seconds("callback.retry_interval", 5, 1, 86_400, "Pause before each retry.");
    static final Option<String> RETRY_BACKOFF = Option.text(
            "callback.retry_backoff",
            Rule.oneOf("fixed", "linear", "exponential"),
            "fixed",
            "How the pause grows from retry to retry: not at all, by one `retry_interval`, or to the double.");
    static final Option<Duration> RETRY_INTERVAL_MAX = Option.seconds(
            "callback.retry_interval_max", 3600, 1, 604_800, "`linear`, `exponential`: no pause grows beyond this.");
    static final Option<Double> RETRY_JITTER = new Option<>(
            "callback.retry_jitter",
            Kind.SHARE,
            Rule.share(),
            Optional.of(0.0),
            false,
            "The share of each pause that chance may take away, so that retries do not come in step; 1 is full jitter.");
    static final Option<Duration> RETRY_MAX_AGE = new Option<>(
            "callback.retry_max_age",
            Kind.SECONDS,
            Rule.seconds(1, 31_536_000),
            Optional.empty(),
            false,
            "No retry starts once the event is older; then dead letter.");
    static final Option<List<Duration>> RETRY_SCHEDULE = new Option<>(
            "callback.retry_schedule",
            Kind.SECONDS_LIST,
            ListRules.seconds(1, 604_800, 100),
            Optional.empty(),
            false,
            "The pauses one by one, as many as there are retries, in place of `retry_max`, `retry_interval` and"
                    + " `retry_backoff`.");
    static final Option<String> RETRY_STATUSES = Option.text(
            "callback.retry_statuses",
            StatusRules.retried(),
            "specification",
            "Which answers are retried: everything but 2xx, the same without 410, or those named.");
    static final Option<String> DEAD_STATUSES = Option.unset(
            "callback.dead_statuses",
            StatusRules.named(),
            "Which answers make a dead letter at once, even if `retry_statuses` has them.");
    static final Option<Integer> MAX_IN_FLIGHT = Option.number(
            "callback.max_in_flight",
            64,
            1,
            10_000,
            "How many attempts may be under way at once, over all workers; at least `workers`.");
    static final Option<String> PREFIX = Option.text(
            "callback.prefix",
            Rule.plainName(),
            "callback",
            "Starts every event bus address, so that two services can live in one host.");
    static final Option<Duration> SHUTDOWN_TIMEOUT = Option.seconds(
            "callback.shutdown_timeout", 20, 1, 3600, "How long a stop may take to bring in what is under way.");
    static final Option<String> REGION = Option.unset(
            "callback.region", Rule.line(), "The region that events name, where the payload format has a place.");
    static final Option<Secret> API_KEY =
            Option.secret("callback.api_key", Rule.headerValue(), "Sent to the receiver as `X-PS-API-Key`.");
    static final Option<List<SigningSecret>> SECRET = Option.signingSecrets(
            "callback.secret",
            SigningRules.oneOrLines(),
            "Signs every request as Standard Webhooks has it (`webhook-signature`).");
    static final Option<List<SigningSecret>> SECRETS = Option.signingSecrets(
            "callback.secrets",
            SigningRules.several(),
            "More secrets that sign beside `secret`, while receivers change from one to the next.");
    static final Option<String> FORMAT = Option.text(
            "callback.format",
            Formats.RULE,
            "resource-change",
            "How an event is written down: the specification's body, the platform's later envelope, or CloudEvents.");
    static final Option<Boolean> TLS_INSECURE_SKIP_VERIFY = Option.flag(
            "callback.tls_insecure_skip_verify",
            false,
            "Leaves the receiver's certificate unchecked. For a lab only; warns at the start.");
    static final Option<String> TLS_TRUST_STORE = Option.unset(
            "callback.tls_trust_store",
            ConnectionRules.keyFile(),
            "The authorities that are trusted instead of the system's; one alone pins it.");
    static final Option<Secret> TLS_TRUST_STORE_PASSWORD = Option.secret(
            "callback.tls_trust_store_password", Rule.notEmpty(), "Opens `tls_trust_store`, where it is locked.");
    static final Option<String> TLS_KEY_STORE = Option.unset(
            "callback.tls_key_store",
            ConnectionRules.keyFile(),
            "The certificate and key shown to a receiver that asks for them; a PEM file holds both.");
    static final Option<Secret> TLS_KEY_STORE_PASSWORD = Option.secret(
            "callback.tls_key_store_password", Rule.notEmpty(), "Opens `tls_key_store`, where it is locked.");
    static final Option<String> TLS_MIN_VERSION = Option.text(
            "callback.tls_min_version", Rule.oneOf("1.2", "1.3"), "1.2", "The oldest version of TLS that is spoken.");
    static final Option<String> TLS_SERVER_NAME = Option.unset(
            "callback.tls_server_name",
            ConnectionRules.serverName(),
            "The name that is asked for in the TLS handshake and must be in the certificate, instead of the host in `url`.");
    static final Option<String> HTTP_VERSION = Option.text(
            "callback.http_version",
            Rule.oneOf("1.1", "2"),
            "1.1",
            "The newest version of HTTP that is spoken; 2 over https alone, and only where the receiver speaks it too.");
    static final Option<String> ADDRESS_POLICY = Option.text(
            "callback.address_policy",
            Rule.oneOf("allow-all", "no-link-local", "public-only", "listed-only"),
            "no-link-local",
            "To which addresses connections may go, checked on the resolved address.");
    static final Option<List<Network>> ALLOW_NETWORKS = Option.unset(
            "callback.allow_networks", ConnectionRules.networks(), "Allowed whatever `address_policy` says.");
    static final Option<List<Network>> DENY_NETWORKS =
            Option.unset("callback.deny_networks", ConnectionRules.networks(), "Forbidden whatever else is said.");
    static final Option<URI> PROXY = Option.unset(
            "callback.proxy", ConnectionRules.proxy(), "Through whom connections go; it resolves names itself.");
    static final Option<Secret> PROXY_PASSWORD =
            Option.secret("callback.proxy_password", Rule.notEmpty(), "The password of the user in `proxy`.");
    static final Option<Integer> PARK_AFTER_FAILURES = Option.number(
            "callback.park_after_failures",
            0,
            0,
            1_000_000,
            "After so many failed attempts in a row, of any event, the endpoint is parked: its deliveries wait and spend no"
                    + " retries until one of them is taken. 0: never.");
    static final Option<Duration> PROBE_INTERVAL = Option.seconds(
            "callback.probe_interval", 10, 1, 86_400, "How long after it was parked one delivery is tried.");
    static final Option<Duration> PROBE_INTERVAL_MAX = Option.seconds(
            "callback.probe_interval_max",
            300,
            1,
            86_400,
            "The pause until the next one doubles up to this; no less than `probe_interval`.");
    static final Option<Integer> RATE_LIMIT = Option.number(
            "callback.rate_limit",
            0,
            0,
            1_000_000,
            "How many attempts may start in a second, over all workers; 0: any number.");
    static final Option<String> ORDER = Option.text(
            "callback.order",
            Rule.oneOf("resource", "none"),
            "resource",
            "In which order an endpoint gets the events of one resource: one at a time in sequence, or each by itself, several"
                    + " at once and past those that fail.");
    static final Option<Boolean> COALESCE = Option.flag(
            "callback.coalesce",
            false,
            "While events of one resource wait, only the newest goes out and says for how many it stands; creations, deletions"
                    + " and errors go out always. Not with `order = \"none\"`.");
    static final Option<Boolean> HANDSHAKE = Option.flag(
            "callback.handshake",
            false,
            "Asks the endpoint first whether it wants to be sent events, by OPTIONS as CloudEvents has it, and keeps the rate"
                    + " that it allows. Until it agrees its deliveries wait.");
    static final Option<String> HANDSHAKE_ORIGIN = Option.text(
            "callback.handshake_origin",
            ConnectionRules.serverName(),
            "cloudland-callback",
            "`handshake`: who asks, a DNS name that stands for this platform, the same at each start.");

    static final Option<String> STORE_TYPE = Option.text(
            "callback.store.type",
            Rule.oneOf("rocksdb", "memory", "postgresql"),
            "rocksdb",
            "Where events and deliveries are kept: on the disk, where they survive a crash, in the heap, gone with the process,"
                    + " or in a PostgreSQL.");
    static final Option<String> STORE_PATH = Option.text(
            "callback.store.path",
            Rule.line(),
            "data/<prefix>",
            "`rocksdb`: the directory of the store, for this service alone. Made where it is not there.");
    static final Option<String> STORE_SYNC = Option.text(
            "callback.store.sync",
            Rule.oneOf("always", "interval", "off"),
            "always",
            "`rocksdb`: when writes are forced onto the disk, which matters for a power cut only: before an event is"
                    + " acknowledged, every 100 ms, or never.");
    static final Option<Long> STORE_MAX_BYTES = Option.bytes(
            "callback.store.max_bytes",
            8L << 30,
            64L << 20,
            1L << 50,
            "`rocksdb`: how many bytes the directory may take before commands are refused.");
    static final Option<String> STORE_URI = Option.unset(
            "callback.store.uri",
            Addresses.postgresqlUri("callback.store.password"),
            "`postgresql`: the database. Required for that type. `?sslmode=verify-full` for TLS.");
    static final Option<Secret> STORE_PASSWORD = Option.secret(
            "callback.store.password", Rule.notEmpty(), "`postgresql`: the password of the user in `uri`.");
    static final Option<String> STORE_SCHEMA = Option.text(
            "callback.store.schema",
            Rule.schemaName(),
            "cloudland_callback",
            "`postgresql`: the schema for its tables, for this service alone. Made where it is not there.");
    static final Option<Integer> STORE_POOL_SIZE = Option.number(
            "callback.store.pool_size",
            4,
            1,
            100,
            "`postgresql`: how many connections read; one more writes and hears of what others wrote.");
    static final Option<Duration> STORE_TIMEOUT =
            Option.seconds("callback.store.timeout", 10, 1, 300, "`postgresql`: how long one statement may take.");
    static final Option<Duration> STORE_POLL_INTERVAL = Option.seconds(
            "callback.store.poll_interval",
            5,
            1,
            300,
            "`postgresql`: how often it is looked for what other nodes wrote, in case a notification got lost.");
    static final Option<Duration> STORE_WAIT_WHEN_AWAY = Option.seconds(
            "callback.store.wait_when_away",
            10,
            0,
            300,
            "`postgresql`: how long a command may wait for a database that is away before it is refused; 0 for not at all.");
    static final Option<String> STORE_NODE = Option.text(
            "callback.store.node",
            Rule.line(),
            "<host>",
            "`postgresql`: this node's name, the same at each start, another for each node that shares the schema.");
    static final Option<Duration> STORE_LEASE = Option.seconds(
            "callback.store.lease",
            10,
            2,
            300,
            "`postgresql`: how long the other nodes wait for one that fell silent before they deliver in its place.");
    static final Option<Integer> MAX_DEAD_LETTERS = Option.number(
            "callback.store.max_dead_letters",
            10_000,
            0,
            10_000_000,
            "How many dead letters are kept before the oldest are let go.");
    static final Option<Duration> DEAD_LETTER_MAX_AGE = Option.seconds(
            "callback.store.dead_letter_max_age",
            2_592_000,
            0,
            315_360_000,
            "How long dead letters are kept; 0 for ever.");
    static final Option<Long> DEAD_LETTER_MAX_BYTES = Option.bytes(
            "callback.store.dead_letter_max_bytes",
            256L << 20,
            1L << 20,
            1L << 50,
            "How many bytes of dead letters are kept before the oldest are let go.");
    static final Option<Duration> LOG_MAX_AGE = Option.seconds(
            "callback.store.log_max_age",
            604_800,
            0,
            315_360_000,
            "How long ended attempts stay in the delivery log; 0 for ever.");
    static final Option<Long> LOG_MAX_BYTES = Option.bytes(
            "callback.store.log_max_bytes",
            256L << 20,
            0,
            1L << 50,
            "How many bytes the delivery log takes before its oldest attempts are forgotten, a quarter of `max_bytes` and"
                    + " in memory 16 MiB at most; 0 for no log.");

    static final Option<String> LOOKUP_TYPE = Option.text(
            "callback.lookup.type",
            Rule.oneOf("message", "event-bus", "postgresql"),
            "message",
            "Who knows the resource: the message itself, the host over the event bus, or CloudLand's database.");
    static final Option<String> LOOKUP_ADDRESS = Option.text(
            "callback.lookup.address", Rule.address(), "<prefix>.lookup", "`event-bus`: the address that is asked.");
    static final Option<String> LOOKUP_URI = Option.unset(
            "callback.lookup.uri",
            Addresses.postgresqlUri("callback.lookup.password"),
            "`postgresql`: the database. Required for that type.");
    static final Option<Secret> LOOKUP_PASSWORD = Option.secret(
            "callback.lookup.password", Rule.notEmpty(), "`postgresql`: the password of the user in `uri`.");
    static final Option<Integer> LOOKUP_POOL_SIZE =
            Option.number("callback.lookup.pool_size", 4, 1, 100, "`postgresql`: how many connections are held.");
    static final Option<Duration> LOOKUP_TIMEOUT = Option.seconds(
            "callback.lookup.timeout", 5, 1, 300, "`event-bus`, `postgresql`: how long one lookup may take.");
    static final Option<Duration> LOOKUP_RETRY_INTERVAL = Option.seconds(
            "callback.lookup.retry_interval",
            1,
            1,
            3600,
            "`event-bus`, `postgresql`: first pause before a failed lookup is asked again; it doubles, up to 60 s.");

    static final Option<String> INGEST_ADDRESS = Option.text(
            "callback.ingest.address", Rule.address(), "<prefix>.commands", "The event bus address for commands.");

    static final Option<Duration> INGEST_DEDUP_WINDOW = Option.seconds(
            "callback.ingest.dedup_window",
            86_400,
            0,
            2_592_000,
            "How long a command's `id` is remembered: sent again within that time it makes no second event. 0: not at"
                    + " all.");

    static final Option<String> INGEST_TCP_LISTEN = Option.unset(
            "callback.ingest.tcp.listen",
            ListenRule.rule(),
            "Where the TCP bridge takes commands, by the frames of Vert.x's event bus bridge. Not set: there is none.");
    static final Option<Long> INGEST_TCP_MAX_FRAME_BYTES = Option.bytes(
            "callback.ingest.tcp.max_frame_bytes",
            1L << 20,
            1024,
            64L << 20,
            "How long a frame may be; a connection that announces a longer one is closed before it is read.");
    static final Option<Duration> INGEST_TCP_IDLE_TIMEOUT = Option.seconds(
            "callback.ingest.tcp.idle_timeout",
            300,
            1,
            86_400,
            "After so long without a byte in either direction a connection is closed; a ping keeps it open.");
    static final Option<Integer> INGEST_TCP_MAX_CONNECTIONS = Option.number(
            "callback.ingest.tcp.max_connections", 100, 1, 10_000, "How many connections there may be at once.");

    static final Option<String> ADMIN_SOCKET = Option.text(
            "callback.admin.socket",
            Rule.socketPath(),
            "<store.path>/admin.sock",
            "The Unix domain socket through which the command line asks a running service; `\"off\"` for none. None by"
                    + " default with the `memory` and `postgresql` stores.");

    static final Option<ResourceType> COMMAND_RESOURCE_TYPE = Option.required(
            "callback.commands.<name>.resource_type",
            Rule.oneOf(ResourceType.values(), ResourceType::wireName),
            "The type of the resource that the command changes.");
    static final Option<Integer> COMMAND_ID_ARG = Option.required(
            "callback.commands.<name>.id_arg",
            Rule.wholeNumber(1, 1000),
            Kind.WHOLE_NUMBER,
            "Which argument holds the resource's id; the first is 1.");
    static final Option<Action> COMMAND_ACTION = Option.required(
            "callback.commands.<name>.action",
            Rule.oneOf(Action.values(), Action::wireName),
            "What the command does to the resource.");
    static final Option<Integer> COMMAND_STATUS_ARG = new Option<>(
            "callback.commands.<name>.status_arg",
            Kind.WHOLE_NUMBER,
            Rule.wholeNumber(1, 1000),
            Optional.empty(),
            false,
            "Which argument holds the new status, where the command states it.");

    /** In the order of the reference and the report. */
    static final List<Option<?>> ALL = List.of(
            ENABLED,
            URL,
            WORKERS,
            QUEUE_SIZE,
            TIMEOUT,
            RETRY_MAX,
            RETRY_INTERVAL,
            RETRY_BACKOFF,
            RETRY_INTERVAL_MAX,
            RETRY_JITTER,
            RETRY_MAX_AGE,
            RETRY_SCHEDULE,
            RETRY_STATUSES,
            DEAD_STATUSES,
            MAX_IN_FLIGHT,
            PREFIX,
            SHUTDOWN_TIMEOUT,
            REGION,
            API_KEY,
            SECRET,
            SECRETS,
            FORMAT,
            TLS_INSECURE_SKIP_VERIFY,
            TLS_TRUST_STORE,
            TLS_TRUST_STORE_PASSWORD,
            TLS_KEY_STORE,
            TLS_KEY_STORE_PASSWORD,
            TLS_MIN_VERSION,
            TLS_SERVER_NAME,
            HTTP_VERSION,
            ADDRESS_POLICY,
            ALLOW_NETWORKS,
            DENY_NETWORKS,
            PROXY,
            PROXY_PASSWORD,
            PARK_AFTER_FAILURES,
            PROBE_INTERVAL,
            PROBE_INTERVAL_MAX,
            RATE_LIMIT,
            ORDER,
            COALESCE,
            HANDSHAKE,
            HANDSHAKE_ORIGIN,
            STORE_TYPE,
            STORE_PATH,
            STORE_SYNC,
            STORE_MAX_BYTES,
            STORE_URI,
            STORE_PASSWORD,
            STORE_SCHEMA,
            STORE_POOL_SIZE,
            STORE_TIMEOUT,
            STORE_POLL_INTERVAL,
            STORE_WAIT_WHEN_AWAY,
            STORE_NODE,
            STORE_LEASE,
            MAX_DEAD_LETTERS,
            DEAD_LETTER_MAX_AGE,
            DEAD_LETTER_MAX_BYTES,
            LOG_MAX_AGE,
            LOG_MAX_BYTES,
            LOOKUP_TYPE,
            LOOKUP_ADDRESS,
            LOOKUP_URI,
            LOOKUP_PASSWORD,
            LOOKUP_POOL_SIZE,
            LOOKUP_TIMEOUT,
            LOOKUP_RETRY_INTERVAL,
            INGEST_ADDRESS,
            INGEST_DEDUP_WINDOW,
            INGEST_TCP_LISTEN,
            INGEST_TCP_MAX_FRAME_BYTES,
            INGEST_TCP_IDLE_TIMEOUT,
            INGEST_TCP_MAX_CONNECTIONS,
            ADMIN_SOCKET,
            COMMAND_RESOURCE_TYPE,
            COMMAND_ID_ARG,
            COMMAND_ACTION,
            COMMAND_STATUS_ARG);

    private Options() {}
}
