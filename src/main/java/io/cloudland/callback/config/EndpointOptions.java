package io.cloudland.callback.config;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Choice;
import io.cloudland.callback.model.Network;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.SigningSecret;
import io.cloudland.callback.model.Transition;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of an endpoint's table. Those that the top has too take their rule and their default from there. */
final class EndpointOptions {

    private static final String TABLE = "callback.endpoints." + Option.ANY_NAME + ".";
    private static final Map<Option<?>, Option<?>> TOP = new LinkedHashMap<>();
    private static final Map<Option<String>, Option<Secret>> IN_FILE = new LinkedHashMap<>();

    static final Option<String> NAME = Option.required(
            TABLE + "name",
            Rule.text("1 to 64 of a-z, 0-9, \"-\" and \"_\"", name -> name.matches("[a-z0-9_-]{1,64}")),
            "What logs, dead letters and the store know it by. Deliveries that wait belong to the name.");
    static final Option<URI> URL = Option.required(
            TABLE + "url",
            Addresses.httpUrl(),
            "Where its callbacks are posted. Left out for the endpoint `default` where `callback.url` says it.");
    static final Option<Boolean> ENABLED = Option.flag(
            TABLE + "enabled",
            true,
            "Whether it gets anything. Where not, no new event is owed to it, and what is pending waits.");
    static final Option<String> FORMAT = ofTop(Options.FORMAT);
    static final Option<Secret> API_KEY = ofTop(Options.API_KEY);
    static final Option<String> API_KEY_FILE = fileOf(API_KEY);
    static final Option<List<SigningSecret>> SECRET = signing(Options.SECRET, Options.SECRETS);
    static final Option<List<SigningSecret>> SECRETS = signing(Options.SECRETS, Options.SECRET);
    static final Option<Duration> TIMEOUT = ofTop(Options.TIMEOUT);
    static final Option<Integer> RETRY_MAX = ofTop(Options.RETRY_MAX);
    static final Option<Duration> RETRY_INTERVAL = ofTop(Options.RETRY_INTERVAL);
    static final Option<String> RETRY_BACKOFF = ofTop(Options.RETRY_BACKOFF);
    static final Option<Duration> RETRY_INTERVAL_MAX = ofTop(Options.RETRY_INTERVAL_MAX);
    static final Option<Double> RETRY_JITTER = ofTop(Options.RETRY_JITTER);
    static final Option<Duration> RETRY_MAX_AGE = ofTop(Options.RETRY_MAX_AGE);
    static final Option<List<Duration>> RETRY_SCHEDULE = ofTop(Options.RETRY_SCHEDULE);
    static final Option<String> RETRY_STATUSES = ofTop(Options.RETRY_STATUSES);
    static final Option<String> DEAD_STATUSES = ofTop(Options.DEAD_STATUSES);
    static final Option<Integer> MAX_IN_FLIGHT = ofTop(Options.MAX_IN_FLIGHT);
    static final Option<Boolean> TLS_INSECURE_SKIP_VERIFY = ofTop(Options.TLS_INSECURE_SKIP_VERIFY);
    static final Option<String> TLS_TRUST_STORE = ofTop(Options.TLS_TRUST_STORE);
    static final Option<Secret> TLS_TRUST_STORE_PASSWORD = ofTop(Options.TLS_TRUST_STORE_PASSWORD);
    static final Option<String> TLS_TRUST_STORE_PASSWORD_FILE = fileOf(TLS_TRUST_STORE_PASSWORD);
    static final Option<String> TLS_KEY_STORE = ofTop(Options.TLS_KEY_STORE);
    static final Option<Secret> TLS_KEY_STORE_PASSWORD = ofTop(Options.TLS_KEY_STORE_PASSWORD);
    static final Option<String> TLS_KEY_STORE_PASSWORD_FILE = fileOf(TLS_KEY_STORE_PASSWORD);
    static final Option<String> TLS_MIN_VERSION = ofTop(Options.TLS_MIN_VERSION);
    static final Option<String> TLS_SERVER_NAME = ofTop(Options.TLS_SERVER_NAME);
    static final Option<String> HTTP_VERSION = ofTop(Options.HTTP_VERSION);
    static final Option<String> ADDRESS_POLICY = ofTop(Options.ADDRESS_POLICY);
    static final Option<List<Network>> ALLOW_NETWORKS = ofTop(Options.ALLOW_NETWORKS);
    static final Option<List<Network>> DENY_NETWORKS = ofTop(Options.DENY_NETWORKS);
    static final Option<URI> PROXY = ofTop(Options.PROXY);
    static final Option<Secret> PROXY_PASSWORD = ofTop(Options.PROXY_PASSWORD);
    static final Option<String> PROXY_PASSWORD_FILE = fileOf(PROXY_PASSWORD);
    static final Option<Integer> PARK_AFTER_FAILURES = ofTop(Options.PARK_AFTER_FAILURES);
    static final Option<Duration> PROBE_INTERVAL = ofTop(Options.PROBE_INTERVAL);
    static final Option<Duration> PROBE_INTERVAL_MAX = ofTop(Options.PROBE_INTERVAL_MAX);
    static final Option<Integer> RATE_LIMIT = ofTop(Options.RATE_LIMIT);
    static final Option<String> ORDER = ofTop(Options.ORDER);
    static final Option<Boolean> COALESCE = ofTop(Options.COALESCE);
    static final Option<Boolean> HANDSHAKE = ofTop(Options.HANDSHAKE);
    static final Option<String> HANDSHAKE_ORIGIN = ofTop(Options.HANDSHAKE_ORIGIN);

    static final Option<Choice<ResourceType>> RESOURCE_TYPE =
            filter("resource_type", Rule.oneOf(ResourceType.values(), ResourceType::wireName), "The resource's type.");
    static final Option<Choice<String>> COMMAND =
            filter("command", Rule.plainName(), "The command that caused it, without path and `.sh`.");
    static final Option<Choice<Action>> ACTION =
            filter("action", Rule.oneOf(Action.values(), Action::wireName), "What the command did.");
    static final Option<Choice<String>> STATUS = filter("status", Rule.line(), "The status after the change.");
    static final Option<Choice<String>> TENANT_ID =
            filter("tenant_id", Rule.line(), "The uuid of the owning organization, where it is known.");
    static final Option<Choice<String>> REGION = filter("region", Rule.line(), "The `region` of this service.");
    static final Option<Choice<Transition>> TRANSITION =
            filter("transition", ListRules.transition(), "From which status to which; `*` is any, `-` before is none.");

    static final Option<Secret> HEADER = Option.secret(
            TABLE + "headers." + Option.ANY_NAME,
            HeaderRules.value(),
            "The value of the header of that name, sent with every request. Never shown.");

    /** Those with one value for an endpoint, in the order of the reference and the report. */
    static final List<Option<?>> SINGLE = List.of(
            URL,
            ENABLED,
            FORMAT,
            API_KEY,
            API_KEY_FILE,
            SECRET,
            SECRETS,
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
            TLS_INSECURE_SKIP_VERIFY,
            TLS_TRUST_STORE,
            TLS_TRUST_STORE_PASSWORD,
            TLS_TRUST_STORE_PASSWORD_FILE,
            TLS_KEY_STORE,
            TLS_KEY_STORE_PASSWORD,
            TLS_KEY_STORE_PASSWORD_FILE,
            TLS_MIN_VERSION,
            TLS_SERVER_NAME,
            HTTP_VERSION,
            ADDRESS_POLICY,
            ALLOW_NETWORKS,
            DENY_NETWORKS,
            PROXY,
            PROXY_PASSWORD,
            PROXY_PASSWORD_FILE,
            PARK_AFTER_FAILURES,
            PROBE_INTERVAL,
            PROBE_INTERVAL_MAX,
            RATE_LIMIT,
            ORDER,
            COALESCE,
            HANDSHAKE,
            HANDSHAKE_ORIGIN,
            RESOURCE_TYPE,
            COMMAND,
            ACTION,
            STATUS,
            TENANT_ID,
            REGION,
            TRANSITION);

    static final List<Option<?>> ALL = java.util.stream.Stream.of(List.of(NAME), SINGLE, List.of(HEADER))
            .<Option<?>>flatMap(List::stream)
            .toList();

    private EndpointOptions() {}

    private static <T> Option<T> ofTop(Option<T> top) {
        return ofTop(top, "As `" + top.key() + "`, which is its default.");
    }

    private static <T> Option<T> signing(Option<T> top, Option<T> other) {
        return ofTop(
                top,
                "As `" + top.key() + "`, which is its default where the table says no `" + other.name() + "` either.");
    }

    private static <T> Option<T> ofTop(Option<T> top, String description) {
        Option<T> own = new Option<>(TABLE + top.name(), top.kind(), top.rule(), Optional.empty(), false, description);
        TOP.put(own, top);
        return own;
    }

    /** The option that names a file with the secret, for tables, which the environment does not reach. */
    private static Option<String> fileOf(Option<Secret> secret) {
        Option<String> file = Option.unset(
                secret.key() + "_file",
                Rule.line(),
                "A file that holds the `" + secret.name() + "`; white space at its end does not count.");
        IN_FILE.put(file, secret);
        return file;
    }

    /** The options that name a file, each with the option of the secret that stands in it. */
    static Map<Option<String>, Option<Secret>> inFile() {
        return Collections.unmodifiableMap(IN_FILE);
    }

    private static <T> Option<Choice<T>> filter(String name, Rule<T> rule, String description) {
        return new Option<>(
                TABLE + "filter." + name, Kind.TEXT_LIST, ListRules.choice(rule), Optional.empty(), false, description);
    }

    /** The option of the top that is the default of this one. */
    static @Nullable Option<?> topOf(Option<?> option) {
        return TOP.get(option);
    }

    /** The name of the endpoint that a path leads into. */
    static String nameIn(List<String> path) {
        return path.get(OptionTable.ENDPOINTS.size());
    }

    /** The path of an endpoint's table of headers. */
    static List<String> headers(String endpoint) {
        return List.of("callback", "endpoints", endpoint, "headers");
    }

    /** The path of one header of an endpoint. */
    static List<String> header(String endpoint, String header) {
        return List.of("callback", "endpoints", endpoint, "headers", header);
    }
}
