package io.cloudland.callback.config;

import io.cloudland.callback.model.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks what no single option of the connections shows: files that cannot be used, and what does nothing.
 *
 * <p>The top is checked once; of an endpoint only what its own table brings in, so that nothing is told twice.
 */
final class ConnectionChecks {

    private final Scope scope;
    private final List<URI> urls;
    private final Findings findings;

    private ConnectionChecks(Scope scope, List<URI> urls, Findings findings) {
        this.scope = scope;
        this.urls = urls;
        this.findings = findings;
    }

    static void check(Settings settings, Findings findings) {
        new ConnectionChecks(Scope.top(settings), urls(settings, findings), findings).check();
        findings.endpoints().keySet().forEach(name -> {
            List<URI> url = settings.find(EndpointOptions.URL, name).or(() -> settings.find(Options.URL)).stream()
                    .toList();
            new ConnectionChecks(Scope.of(settings, name), url, findings).check();
        });
    }

    private static List<URI> urls(Settings settings, Findings findings) {
        return Stream.concat(
                        settings.find(Options.URL).stream(),
                        findings.endpoints().keySet().stream()
                                .flatMap(name -> settings.find(EndpointOptions.URL, name).stream()))
                .toList();
    }

    private void check() {
        file(Options.TLS_TRUST_STORE, Options.TLS_TRUST_STORE_PASSWORD, KeyFileCheck::trust);
        file(Options.TLS_KEY_STORE, Options.TLS_KEY_STORE_PASSWORD, KeyFileCheck::key);
        addresses();
        proxy();
        idleWithoutTls();
        idleTrust();
    }

    private void file(Option<String> option, Option<Secret> password, KeyFileCheck.Check check) {
        if (!scope.says(option, password)) {
            return;
        }
        Optional<String> file = scope.find(option);
        file.flatMap(path -> check.problem(findings.files(), Path.of(path), scope.find(password))
                        .map(problem -> "names " + Shown.quoted(path) + ", " + problem))
                .ifPresent(problem -> problem(option, problem));
        if (file.isEmpty() && scope.find(password).isPresent()) {
            idle(password, key(option));
        }
    }

    private void addresses() {
        if (scope.says(Options.ADDRESS_POLICY, Options.ALLOW_NETWORKS)
                && scope.get(Options.ADDRESS_POLICY).equals("listed-only")
                && scope.find(Options.ALLOW_NETWORKS).isEmpty()) {
            problem(
                    Options.ADDRESS_POLICY,
                    "= \"listed-only\" takes " + key(Options.ALLOW_NETWORKS) + ", which is not set");
        }
    }

    private void proxy() {
        Optional<URI> proxy = ConnectionRules.proxyOf(scope);
        if (scope.says(Options.PROXY_PASSWORD)
                && proxy.map(URI::getUserInfo).isEmpty()
                && scope.find(Options.PROXY_PASSWORD).isPresent()) {
            idle(Options.PROXY_PASSWORD, "a user in " + key(Options.PROXY));
        }
        boolean strict = Set.of("public-only", "listed-only").contains(scope.get(Options.ADDRESS_POLICY));
        if (scope.says(Options.ADDRESS_POLICY, Options.PROXY) && strict && proxy.isPresent()) {
            warn(
                    Options.ADDRESS_POLICY,
                    "checks addresses written in url alone: names are resolved by the proxy, which must keep the rule"
                            + " itself");
        }
    }

    private void idleWithoutTls() {
        if (urls.stream().anyMatch(url -> "https".equalsIgnoreCase(url.getScheme()))) {
            return;
        }
        if (scope.says(Options.HTTP_VERSION) && scope.get(Options.HTTP_VERSION).equals("2")) {
            warn(Options.HTTP_VERSION, "= \"2\" does nothing with an http url: HTTP/2 is agreed on in TLS");
        }
        if (scope.says(Options.TLS_SERVER_NAME)
                && scope.find(Options.TLS_SERVER_NAME).isPresent()) {
            warn(Options.TLS_SERVER_NAME, "does nothing with an http url");
        }
    }

    private void idleTrust() {
        if (scope.says(Options.TLS_INSECURE_SKIP_VERIFY, Options.TLS_TRUST_STORE)
                && scope.get(Options.TLS_INSECURE_SKIP_VERIFY)
                && scope.find(Options.TLS_TRUST_STORE).isPresent()
                && !isProxyInTls()) { // Which is checked against it all the same.
            warn(
                    Options.TLS_TRUST_STORE,
                    "does nothing with " + Shown.key(scope.path(Options.TLS_INSECURE_SKIP_VERIFY)) + " = true");
        }
    }

    private boolean isProxyInTls() {
        return ConnectionRules.proxyOf(scope)
                .filter(proxy -> "https".equalsIgnoreCase(proxy.getScheme()))
                .isPresent();
    }

    private void idle(Option<?> option, String without) {
        warn(option, "does nothing without " + without);
    }

    /** The key that would be set to put it right. */
    private String key(Option<?> option) {
        return Shown.key(scope.here(option));
    }

    private void problem(Option<?> option, String text) {
        findings.problem(found(option, text));
    }

    private void warn(Option<?> option, String text) {
        findings.warning(found(option, text).line());
    }

    private ConfigProblem found(Option<?> option, String text) {
        List<String> path = scope.path(option);
        String whose = scope.endpoint()
                .filter(name -> path.equals(option.path()))
                .map(name -> "for the endpoint \"" + name + "\" ")
                .orElse("");
        return new ConfigProblem(scope.settings().origin(path), Shown.key(path), whose + text);
    }
}
