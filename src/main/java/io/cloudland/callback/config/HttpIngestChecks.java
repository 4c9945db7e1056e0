package io.cloudland.callback.config;

import io.cloudland.callback.model.Secret;
import java.net.URI;
import java.nio.file.Path;

/** Checks what no single option of {@code [callback.ingest.http]} shows: who could send commands, and what does nothing. */
final class HttpIngestChecks {

    private final Settings settings;
    private final Findings findings;

    private HttpIngestChecks(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    static void check(Settings settings, Findings findings) {
        HttpIngestChecks checks = new HttpIngestChecks(settings, findings);
        if (settings.find(HttpIngestOptions.PORT).isPresent()) {
            checks.check();
        } else {
            checks.warnOfNoPort();
        }
    }

    private void warnOfNoPort() {
        HttpIngestOptions.ALL.stream()
                .filter(this::isSet)
                .forEach(option -> warn(option, "does nothing without " + HttpIngestOptions.PORT.key()));
    }

    private void check() {
        file(HttpIngestOptions.TLS_KEY_STORE, HttpIngestOptions.TLS_KEY_STORE_PASSWORD, KeyFileCheck::key);
        file(HttpIngestOptions.TLS_TRUST_STORE, HttpIngestOptions.TLS_TRUST_STORE_PASSWORD, KeyFileCheck::trust);
        if (isSet(HttpIngestOptions.TLS_TRUST_STORE) && !isSet(HttpIngestOptions.TLS_KEY_STORE)) {
            problem(
                    HttpIngestOptions.TLS_TRUST_STORE,
                    "needs " + HttpIngestOptions.TLS_KEY_STORE.key() + ": certificates are shown in TLS alone");
        }
        boolean proxy = isSet(HttpIngestOptions.UPSTREAM);
        checkWhoMaySend(proxy);
        if (proxy) {
            checkProxy();
        } else {
            warnOfIdle(HttpIngestOptions.UNACCEPTED_FILE);
            warnOfIdle(HttpIngestOptions.UNACCEPTED_MAX_BYTES);
        }
    }

    private void checkWhoMaySend(boolean proxy) {
        boolean token = isSet(HttpIngestOptions.TOKEN) && !proxy;
        if (HttpIngestRules.isLoopback(settings.get(HttpIngestOptions.HOST))) {
            return;
        }
        if (!token && !isSet(HttpIngestOptions.TLS_TRUST_STORE)) {
            problem(
                    HttpIngestOptions.HOST,
                    "= " + Shown.quoted(settings.get(HttpIngestOptions.HOST))
                            + " lets everybody who reaches this machine report commands; set "
                            + (proxy ? "" : HttpIngestOptions.TOKEN.key() + " or ")
                            + HttpIngestOptions.TLS_TRUST_STORE.key() + ", or listen on 127.0.0.1");
        } else if (token && !isSet(HttpIngestOptions.TLS_KEY_STORE)) {
            warn(
                    HttpIngestOptions.TOKEN,
                    "travels readable for everybody on the way; set " + HttpIngestOptions.TLS_KEY_STORE.key());
        }
    }

    private void checkProxy() {
        if (isSet(HttpIngestOptions.TOKEN)) {
            warn(
                    HttpIngestOptions.TOKEN,
                    "does nothing with " + HttpIngestOptions.UPSTREAM.key()
                            + ": what senders show is for the back end");
        }
        URI upstream = settings.find(HttpIngestOptions.UPSTREAM).orElseThrow();
        boolean ownPort = settings.find(HttpIngestOptions.PORT).orElseThrow() == upstream.getPort();
        String host = upstream.getHost().replaceAll("[\\[\\]]", "");
        if (ownPort
                && (host.equals(settings.get(HttpIngestOptions.HOST))
                        || (HttpIngestRules.isLoopback(host)
                                && settings.get(HttpIngestOptions.HOST).matches("0\\.0\\.0\\.0|::")))) {
            problem(HttpIngestOptions.UPSTREAM, "is this service itself; name the back end's own port");
        }
    }

    private void file(Option<String> option, Option<Secret> password, KeyFileCheck.Check check) {
        settings.find(option)
                .ifPresent(path -> check.problem(findings.files(), Path.of(path), settings.find(password))
                        .ifPresent(why -> problem(option, "names " + Shown.quoted(path) + ", " + why)));
        if (isSet(password) && !isSet(option)) {
            warn(password, "does nothing without " + option.key());
        }
    }

    private void warnOfIdle(Option<?> option) {
        if (isSet(option)) {
            warn(option, "does nothing without " + HttpIngestOptions.UPSTREAM.key());
        }
    }

    private boolean isSet(Option<?> option) {
        return settings.isSet(option.path());
    }

    private void problem(Option<?> option, String text) {
        findings.problem(found(option, text));
    }

    private void warn(Option<?> option, String text) {
        findings.warning(found(option, text).line());
    }

    private ConfigProblem found(Option<?> option, String text) {
        return new ConfigProblem(settings.origin(option.path()), option.key(), text);
    }
}
