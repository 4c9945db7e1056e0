package io.cloudland.callback.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Warns of what is allowed in endpoints' tables but most likely not meant. */
final class EndpointWarnings {

    private final Settings settings;
    private final Findings findings;

    private EndpointWarnings(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    static void check(Settings settings, Findings findings) {
        EndpointWarnings warnings = new EndpointWarnings(settings, findings);
        warnings.checkTop();
        findings.endpoints().forEach(warnings::check);
        warnings.warnIfNoneIsEnabled();
    }

    private void checkTop() {
        warnOfIdle(
                Options.RETRY_SCHEDULE.path(),
                Stream.of(Options.RETRY_MAX, Options.RETRY_INTERVAL, Options.RETRY_BACKOFF, Options.RETRY_INTERVAL_MAX)
                        .map(Option::path));
    }

    private void check(String name, Origin origin) {
        warnOfIdle(
                EndpointOptions.RETRY_SCHEDULE.path(name),
                Stream.of(
                                EndpointOptions.RETRY_MAX,
                                EndpointOptions.RETRY_INTERVAL,
                                EndpointOptions.RETRY_BACKOFF,
                                EndpointOptions.RETRY_INTERVAL_MAX)
                        .map(option -> option.path(name)));
        warnOfUncheckedCertificate(name);
        warnOfSharedKey(name, origin);
        warnOfReplacedSecret(name);
    }

    private void warnOfIdle(List<String> schedule, Stream<List<String>> others) {
        if (settings.isSet(schedule)) {
            others.filter(settings::isSet)
                    .forEach(path -> findings.warning(settings.origin(path).place() + " " + Shown.key(path)
                            + " does nothing beside " + Shown.key(schedule)));
        }
    }

    private void warnOfUncheckedCertificate(String name) {
        List<String> path = EndpointOptions.TLS_INSECURE_SKIP_VERIFY.path(name);
        if (settings.find(EndpointOptions.TLS_INSECURE_SKIP_VERIFY, name).orElse(false)) {
            findings.warning(settings.origin(path).place() + " " + Shown.key(path)
                    + " = true: the receiver's certificate is not checked, anybody on the way can read and answer; for a"
                    + " lab only");
        }
    }

    /** A key at the top beside a url was most likely made for that receiver alone. */
    private void warnOfSharedKey(String name, Origin origin) {
        Optional<String> topHost = settings.find(Options.URL).map(URI::getHost);
        Optional<String> ownHost = settings.find(EndpointOptions.URL, name).map(URI::getHost);
        boolean inherits =
                settings.isSet(Options.API_KEY.path()) && !settings.isSet(EndpointOptions.API_KEY.path(name));
        if (inherits && topHost.isPresent() && ownHost.isPresent() && !topHost.equals(ownHost)) {
            findings.warning(
                    origin.place() + " callback.endpoints." + name + " is sent callback.api_key, as " + topHost.get()
                            + " is; give it an api_key of its own, or move that one into a table named \"default\"");
        }
    }

    /** More secrets are as a rule meant beside one; that of the top is none of them. */
    private void warnOfReplacedSecret(String name) {
        List<String> more = EndpointOptions.SECRETS.path(name);
        boolean hasOne = settings.isSet(EndpointOptions.SECRET.path(name));
        if (settings.isSet(more) && !hasOne && settings.isSet(Options.SECRET.path())) {
            findings.warning(settings.origin(more).place() + " " + Shown.key(more)
                    + " stands in the place of callback.secret too, which does not sign for this endpoint; name it here again"
                    + " where it should");
        }
    }

    private void warnIfNoneIsEnabled() {
        boolean onByUrl =
                findings.has(Options.URL.path()) && !findings.endpoints().containsKey(EndpointBuilder.DEFAULT);
        boolean allOff = !findings.endpoints().isEmpty()
                && findings.endpoints().keySet().stream()
                        .noneMatch(name ->
                                settings.find(EndpointOptions.ENABLED, name).orElse(true));
        if (allOff && !onByUrl) {
            findings.warning("every endpoint has enabled = false: events are kept count of, and sent to nobody");
        }
    }
}
