package io.cloudland.callback.config;

import io.cloudland.callback.model.Choice;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EventFilter;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.HandshakeSettings;
import io.cloudland.callback.model.Ordering;
import io.cloudland.callback.model.RetrySettings;
import io.cloudland.callback.model.RetrySettings.Backoff;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.SigningSecret;
import io.cloudland.callback.model.StatusSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Builds one endpoint from checked settings: what its table says, else what the top says. */
final class EndpointBuilder {

    /** The name of the endpoint that {@code callback.url} stands for. */
    static final String DEFAULT = "default";

    private final Settings settings;
    private final String name;
    private final Scope scope;

    private EndpointBuilder(Settings settings, String name) {
        this.settings = settings;
        this.name = name;
        this.scope = Scope.of(settings, name);
    }

    /**
     * All of them: that of {@code callback.url} first, then those with a table, in its order.
     *
     * @param tables the names of those with a table
     */
    static List<Endpoint> all(Settings settings, Collection<String> tables) {
        Set<String> names = new LinkedHashSet<>();
        settings.find(Options.URL).ifPresent(url -> names.add(DEFAULT));
        names.addAll(tables);
        return names.stream()
                .map(name -> new EndpointBuilder(settings, name).endpoint())
                .toList();
    }

    private Endpoint endpoint() {
        return new Endpoint(
                name,
                settings.find(EndpointOptions.URL, name)
                        .or(() -> settings.find(Options.URL))
                        .orElseThrow(),
                get(EndpointOptions.FORMAT, Options.FORMAT),
                settings.find(EndpointOptions.API_KEY, name, Options.API_KEY),
                get(EndpointOptions.TIMEOUT, Options.TIMEOUT),
                retries(),
                get(EndpointOptions.MAX_IN_FLIGHT, Options.MAX_IN_FLIGHT),
                get(EndpointOptions.TLS_INSECURE_SKIP_VERIFY, Options.TLS_INSECURE_SKIP_VERIFY),
                settings.find(EndpointOptions.ENABLED, name).orElse(true),
                filter(),
                headers(),
                secrets(),
                ConnectionRules.build(scope),
                flow());
    }

    private FlowSettings flow() {
        int rateLimit = get(EndpointOptions.RATE_LIMIT, Options.RATE_LIMIT);
        return new FlowSettings(
                get(EndpointOptions.PARK_AFTER_FAILURES, Options.PARK_AFTER_FAILURES),
                get(EndpointOptions.PROBE_INTERVAL, Options.PROBE_INTERVAL),
                get(EndpointOptions.PROBE_INTERVAL_MAX, Options.PROBE_INTERVAL_MAX),
                rateLimit,
                handshake(60L * rateLimit),
                ordering());
    }

    private Ordering ordering() {
        if (get(EndpointOptions.ORDER, Options.ORDER).equals(EndpointChecks.NO_ORDER)) {
            return Ordering.NONE;
        }
        return get(EndpointOptions.COALESCE, Options.COALESCE) ? Ordering.NEWEST : Ordering.RESOURCE;
    }

    private Optional<HandshakeSettings> handshake(long perMinute) {
        return get(EndpointOptions.HANDSHAKE, Options.HANDSHAKE)
                ? Optional.of(new HandshakeSettings(
                        get(EndpointOptions.HANDSHAKE_ORIGIN, Options.HANDSHAKE_ORIGIN), perMinute))
                : Optional.empty();
    }

    private <T> T get(Option<T> own, Option<T> top) {
        return settings.find(own, name, top).orElseThrow();
    }

    private RetrySettings retries() {
        String backoff = get(EndpointOptions.RETRY_BACKOFF, Options.RETRY_BACKOFF);
        return new RetrySettings(
                Backoff.valueOf(backoff.toUpperCase(Locale.ROOT)),
                get(EndpointOptions.RETRY_MAX, Options.RETRY_MAX),
                get(EndpointOptions.RETRY_INTERVAL, Options.RETRY_INTERVAL),
                get(EndpointOptions.RETRY_INTERVAL_MAX, Options.RETRY_INTERVAL_MAX),
                get(EndpointOptions.RETRY_JITTER, Options.RETRY_JITTER),
                settings.find(EndpointOptions.RETRY_MAX_AGE, name, Options.RETRY_MAX_AGE),
                scope.find(Options.RETRY_SCHEDULE).orElse(List.of()),
                StatusRules.parse(get(EndpointOptions.RETRY_STATUSES, Options.RETRY_STATUSES)),
                settings.find(EndpointOptions.DEAD_STATUSES, name, Options.DEAD_STATUSES)
                        .map(StatusRules::parse)
                        .orElse(StatusSet.NONE));
    }

    private EventFilter filter() {
        return new EventFilter(
                choice(EndpointOptions.RESOURCE_TYPE),
                choice(EndpointOptions.COMMAND),
                choice(EndpointOptions.ACTION),
                choice(EndpointOptions.STATUS),
                choice(EndpointOptions.TENANT_ID),
                choice(EndpointOptions.REGION),
                choice(EndpointOptions.TRANSITION));
    }

    private <T> Choice<T> choice(Option<Choice<T>> option) {
        return settings.find(option, name).orElse(Choice.any());
    }

    private List<SigningSecret> secrets() {
        return Stream.of(Options.SECRET, Options.SECRETS)
                .flatMap(option -> scope.find(option).stream())
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private Map<String, Secret> headers() {
        Map<String, Secret> headers = new LinkedHashMap<>();
        for (String header : settings.namesBelow(EndpointOptions.headers(name))) {
            settings.find(EndpointOptions.HEADER, EndpointOptions.header(name, header))
                    .ifPresent(value -> headers.put(header, value));
        }
        return headers;
    }
}
