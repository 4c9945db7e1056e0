package io.cloudland.callback.config;

import io.cloudland.callback.model.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Checks what no single option of the connections shows: files that cannot be used, and what does nothing. */
final class ConnectionChecks {

    private final Settings settings;
    private final Findings findings;

    private ConnectionChecks(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    static void check(Settings settings, Findings findings) {
        ConnectionChecks checks = new ConnectionChecks(settings, findings);
        checks.file(Options.TLS_TRUST_STORE, Options.TLS_TRUST_STORE_PASSWORD, KeyFileCheck::trust);
        checks.file(Options.TLS_KEY_STORE, Options.TLS_KEY_STORE_PASSWORD, KeyFileCheck::key);
        checks.addresses();
        checks.proxy();
        checks.idle();
    }

    /** Says what is wrong with a file, and nothing where it can be used. */
    private interface FileCheck {
        Optional<String> problem(Path file, Optional<Secret> password);
    }

    private void file(Option<String> option, Option<Secret> password, FileCheck check) {
        Optional<String> file = settings.find(option);
        file.flatMap(path -> check.problem(Path.of(path), settings.find(password))
                        .map(problem -> "names " + Shown.quoted(path) + ", " + problem))
                .ifPresent(problem -> problem(option, problem));
        if (file.isEmpty() && settings.find(password).isPresent()) {
            idle(password, option.key());
        }
    }

    private void addresses() {
        if (settings.get(Options.ADDRESS_POLICY).equals("listed-only")
                && settings.find(Options.ALLOW_NETWORKS).isEmpty()) {
            problem(Options.ADDRESS_POLICY, "= \"listed-only\" takes callback.allow_networks, which is not set");
        }
    }

    private void proxy() {
        boolean user = settings.find(Options.PROXY).map(URI::getUserInfo).isPresent();
        if (!user && settings.find(Options.PROXY_PASSWORD).isPresent()) {
            idle(Options.PROXY_PASSWORD, "a user in callback.proxy");
        }
        boolean strict = Set.of("public-only", "listed-only").contains(settings.get(Options.ADDRESS_POLICY));
        if (strict && settings.find(Options.PROXY).isPresent()) {
            warn(
                    Options.ADDRESS_POLICY,
                    "checks addresses written in url alone: names are resolved by the proxy, which must keep the rule"
                            + " itself");
        }
    }

    private void idle() {
        boolean tls = settings.find(Options.URL)
                .map(URI::getScheme)
                .filter("https"::equalsIgnoreCase)
                .isPresent();
        if (!tls && settings.get(Options.HTTP_VERSION).equals("2")) {
            warn(Options.HTTP_VERSION, "= \"2\" does nothing with an http url: HTTP/2 is agreed on in TLS");
        }
        if (settings.get(Options.TLS_INSECURE_SKIP_VERIFY)
                && settings.find(Options.TLS_TRUST_STORE).isPresent()) {
            warn(Options.TLS_TRUST_STORE, "does nothing with callback.tls_insecure_skip_verify = true");
        }
    }

    private void idle(Option<?> option, String without) {
        warn(option, "does nothing without " + without);
    }

    private void problem(Option<?> option, String text) {
        findings.problem(new ConfigProblem(settings.origin(option.path()), option.key(), text));
    }

    private void warn(Option<?> option, String text) {
        findings.warning(new ConfigProblem(settings.origin(option.path()), option.key(), text).line());
    }
}
