package io.cloudland.callback.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Checks what no single value of an endpoint's table shows: what is missing, and what does not go together. */
final class EndpointChecks {

    /** The {@code order} in which events of one resource do not wait for each other. */
    static final String NO_ORDER = "none";

    private static final String FIXED = "fixed";

    private final Settings settings;
    private final Findings findings;

    private EndpointChecks(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    static void check(Settings settings, Findings findings) {
        EndpointChecks checks = new EndpointChecks(settings, findings);
        checks.checkTop();
        findings.endpoints().forEach(checks::check);
    }

    private void checkTop() {
        checkCoalescing(Scope.top(settings));
        checkLongestPause(
                settings.get(Options.RETRY_BACKOFF),
                settings.get(Options.RETRY_INTERVAL),
                settings.get(Options.RETRY_INTERVAL_MAX),
                List.of(
                        Options.RETRY_INTERVAL_MAX.path(),
                        Options.RETRY_INTERVAL.path(),
                        Options.RETRY_BACKOFF.path()));
    }

    private void check(String name, Origin origin) {
        checkName(name, origin);
        checkUrl(name, origin);
        checkShares(name);
        checkHeaders(name);
        if (Scope.of(settings, name).says(Options.COALESCE, Options.ORDER)) { // Else the top is blamed.
            checkCoalescing(Scope.of(settings, name));
        }
        checkLongestPause(
                settings.find(EndpointOptions.RETRY_BACKOFF, name, Options.RETRY_BACKOFF)
                        .orElse(FIXED),
                settings.find(EndpointOptions.RETRY_INTERVAL, name, Options.RETRY_INTERVAL)
                        .orElseThrow(),
                settings.find(EndpointOptions.RETRY_INTERVAL_MAX, name, Options.RETRY_INTERVAL_MAX)
                        .orElseThrow(),
                List.of(
                        EndpointOptions.RETRY_INTERVAL_MAX.path(name),
                        EndpointOptions.RETRY_INTERVAL.path(name),
                        EndpointOptions.RETRY_BACKOFF.path(name)));
    }

    private void checkCoalescing(Scope scope) {
        if (scope.get(Options.COALESCE) && scope.get(Options.ORDER).equals(NO_ORDER)) {
            boolean blamesOrder = !settings.isSet(scope.here(Options.COALESCE));
            problem(
                    scope.here(blamesOrder ? Options.ORDER : Options.COALESCE),
                    "does not go with " + (blamesOrder ? "coalesce = true" : "order = \"none\"")
                            + ": where events of one resource do not wait for each other, none can stand for others; set"
                            + " coalesce = false or order = \"resource\" here");
        }
    }

    /** Only a property can bring in a name that went unchecked so far, and it has no option of the name beside it. */
    private void checkName(String name, Origin origin) {
        boolean named = EndpointOptions.NAME.rule().read(name).isPresent();
        if (!named && !findings.has(EndpointOptions.NAME.path(name))) {
            findings.problem(ConfigProblem.missing(
                    EndpointOptions.NAME, Shown.key(EndpointOptions.NAME.path(name)), "", origin));
        }
    }

    private void checkUrl(String name, Origin origin) {
        List<String> path = EndpointOptions.URL.path(name);
        boolean hasTop = name.equals(EndpointBuilder.DEFAULT) && findings.has(Options.URL.path());
        if (!findings.has(path) && !hasTop) {
            findings.problem(ConfigProblem.missing(EndpointOptions.URL, Shown.key(path), "", origin));
        } else if (findings.has(path) && hasTop) {
            findings.problem(new ConfigProblem(
                    settings.origin(path),
                    Shown.key(path),
                    "is set twice: callback.url ("
                            + settings.origin(Options.URL.path()).place()
                            + ") is the url of the endpoint \"default\"; leave one, or name this one otherwise"));
        }
    }

    /** A worker without a share of the limit would never send anything. */
    private void checkShares(String name) {
        int workers = settings.get(Options.WORKERS);
        settings.find(EndpointOptions.MAX_IN_FLIGHT, name)
                .filter(limit -> limit < workers)
                .ifPresent(limit -> problem(
                        EndpointOptions.MAX_IN_FLIGHT.path(name),
                        "must be at least callback.workers (" + workers + "), so that each worker may send, was "
                                + limit));
    }

    private void checkHeaders(String name) {
        Map<String, String> seen = new TreeMap<>();
        for (String header : settings.namesBelow(EndpointOptions.headers(name))) {
            List<String> path = EndpointOptions.header(name, header);
            String other = seen.putIfAbsent(header.toLowerCase(Locale.ROOT), header);
            if (!HeaderRules.isName(header)) {
                problem(path, HeaderRules.NAME);
            } else if (HeaderRules.isOurs(header)) {
                problem(
                        path,
                        "is a header that the service sets itself, or that belongs to the connection; leave it out");
            } else if (other != null) {
                problem(path, "is the same header as " + Shown.quoted(other) + "; leave one");
            }
        }
    }

    /** Blames the first of the paths that somebody set. */
    private void checkLongestPause(String backoff, Duration interval, Duration longest, List<List<String>> paths) {
        if (backoff.equals(FIXED) || interval.compareTo(longest) <= 0) {
            return;
        }
        paths.stream()
                .filter(settings::isSet)
                .findFirst()
                .ifPresent(path -> problem(
                        path,
                        "must be such that retry_interval (" + interval.toSeconds()
                                + ") is at most retry_interval_max (" + longest.toSeconds() + ")"));
    }

    private void problem(List<String> path, String text) {
        findings.problem(new ConfigProblem(settings.origin(path), Shown.key(path), text));
    }
}
