package io.cloudland.callback.config;

import java.util.List;

/** Checks what no single value shows: what is missing, and what does not go together. */
final class Completeness {

    private static final Rule<String> COMMAND_NAME = Rule.text(
            "letters, digits, \"-\", \"_\" and \".\", without the path and the \".sh\" of the script",
            name -> Rule.plainName().read(name).isPresent() && !name.endsWith(".sh"));

    private final Settings settings;
    private final Findings findings;
    private final Origin home;

    private Completeness(Settings settings, Findings findings, Origin home) {
        this.settings = settings;
        this.findings = findings;
        this.home = home;
    }

    /**
     * Adds what is missing or does not go together to the problems and warnings.
     *
     * @param home where missing options would stand
     */
    static void check(Settings settings, Findings findings, Origin home) {
        Completeness completeness = new Completeness(settings, findings, home);
        findings.commands().forEach(completeness::checkCommand);
        EndpointChecks.check(settings, findings);
        EndpointWarnings.check(settings, findings);
        completeness.warnOfUncheckedCertificates();
        completeness.checkShares();
        ConnectionChecks.check(settings, findings);
        HttpIngestChecks.check(settings, findings);
        if (findings.isComplete()) {
            completeness.checkUrl();
            completeness.checkDatabase(Options.LOOKUP_TYPE, Options.LOOKUP_URI);
            completeness.checkDatabase(Options.STORE_TYPE, Options.STORE_URI);
            TypedOptions.check(settings, findings);
            completeness.warnOfTooLongSocket();
        }
    }

    private void checkUrl() {
        if (!findings.has(Options.URL.path()) && findings.endpoints().isEmpty()) {
            String when = settings.get(Options.ENABLED) ? "" : " even with callback.enabled = false";
            findings.problem(ConfigProblem.missing(Options.URL, Options.URL.key(), when, home));
        }
    }

    /** A worker without a share of the limit would never send anything. */
    private void checkShares() {
        int workers = settings.get(Options.WORKERS);
        int maxInFlight = settings.get(Options.MAX_IN_FLIGHT);
        if (maxInFlight < workers) {
            boolean limitSet = findings.has(Options.MAX_IN_FLIGHT.path());
            Option<?> blamed = limitSet ? Options.MAX_IN_FLIGHT : Options.WORKERS;
            String rule = limitSet
                    ? "must be at least callback.workers (" + workers + "), so that each worker may send, was "
                            + maxInFlight
                    : "must be at most callback.max_in_flight (" + maxInFlight + "), so that each may send, was "
                            + workers;
            findings.problem(new ConfigProblem(settings.origin(blamed.path()), blamed.key(), rule));
        }
    }

    private void checkDatabase(Option<String> type, Option<String> uri) {
        if (settings.get(type).equals("postgresql") && !findings.has(uri.path())) {
            String when = " for " + type.key() + " = \"postgresql\"";
            findings.problem(ConfigProblem.missing(uri, uri.key(), when, home));
        }
    }

    private void warnOfTooLongSocket() {
        boolean onDisk = TypedOptions.means(Options.STORE_PATH, settings);
        if (onDisk && settings.find(Options.ADMIN_SOCKET).isEmpty()) {
            findings.warning(
                    "callback.admin.socket: the store's path is too long to hold a Unix domain socket, so none is"
                            + " opened and the command line cannot reach the service; set one of at most 100 bytes, or \"off\"");
        }
    }

    private void checkCommand(String name, Origin origin) {
        List<String> path = OptionTable.command(name);
        if (COMMAND_NAME.read(name).isEmpty()) {
            findings.problem(new ConfigProblem(
                    origin,
                    Shown.key(path),
                    "must be named by " + COMMAND_NAME.text() + ", was " + Shown.quoted(name)));
        }
        for (Option<?> option : Options.ALL) {
            if (option.isOfCommand() && option.required() && !findings.has(option.path(name))) {
                String key = Shown.key(option.path(name));
                findings.problem(ConfigProblem.missing(option, key, "", origin));
            }
        }
    }

    private void warnOfUncheckedCertificates() {
        List<String> path = Options.TLS_INSECURE_SKIP_VERIFY.path();
        if (settings.get(Options.TLS_INSECURE_SKIP_VERIFY)) {
            findings.warning(settings.origin(path).place()
                    + " callback.tls_insecure_skip_verify = true: the receiver's certificate is not checked, anybody on"
                    + " the way can read and answer; for a lab only");
        }
    }
}
