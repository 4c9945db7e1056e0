package io.cloudland.callback.config;

import io.cloudland.callback.model.AddressRules;
import io.cloudland.callback.model.ConnectionOptions;
import io.cloudland.callback.model.Network;
import io.cloudland.callback.model.ProxyServer;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.TlsOptions;
import io.cloudland.callback.model.TlsOptions.KeyFile;
import io.vertx.core.json.JsonArray;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The rules for how connections are made, and what is built from the options that keep them. */
final class ConnectionRules {

    private static final Pattern SERVER_NAME =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*");

    private ConnectionRules() {}

    /** A file with certificates or keys, whose name tells what kind it is. */
    static Rule<String> keyFile() {
        return Rule.text(
                "the path of a file that ends in .pem, .crt, .cer, .jks, .p12 or .pfx", ConnectionRules::isKeyFile);
    }

    private static boolean isKeyFile(String path) {
        try {
            return KeyFile.kindOf(Path.of(path)).isPresent();
        } catch (InvalidPathException notAPath) {
            return false;
        }
    }

    /** A list of networks; the environment and system properties, which know text alone, part it by commas. */
    static Rule<List<Network>> networks() {
        return new Rule<>(
                "a list of networks such as [\"10.0.0.0/8\", \"fd00::/8\"], each address the first of its network",
                ConnectionRules::networks);
    }

    private static Optional<List<Network>> networks(Object value) {
        List<?> parts = value instanceof JsonArray array
                ? array.getList()
                : value instanceof String text ? Arrays.asList(text.strip().split("\\s*,\\s*", -1)) : List.of();
        List<Network> networks = new ArrayList<>();
        for (Object part : parts) {
            Optional<Network> network = part instanceof String text ? Network.parse(text) : Optional.empty();
            if (network.isEmpty()) {
                return Optional.empty();
            }
            networks.add(network.get());
        }
        return networks.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(networks));
    }

    /** A proxy. Its password has its own option, so that it can come from a file. */
    static Rule<URI> proxy() {
        return new Rule<>(
                "http://user@host:port, https://user@host:port or socks5://user@host:port, with or without user, with no"
                        + " password inside (use proxy_password), or \"off\"",
                Addresses::proxy);
    }

    /** The name of a server, as certificates have it; no address. */
    static Rule<String> serverName() {
        return Rule.text(
                "a name such as hooks.example.com, no address",
                name -> name.length() <= 253 && SERVER_NAME.matcher(name).matches() && !name.matches("[0-9.]+"));
    }

    /** How the connections of an endpoint are made. */
    static ConnectionOptions build(Scope scope) {
        return new ConnectionOptions(
                new AddressRules(
                        byName(AddressRules.Base.values(), AddressRules.Base::wireName, Options.ADDRESS_POLICY, scope),
                        scope.find(Options.ALLOW_NETWORKS).orElse(List.of()),
                        scope.find(Options.DENY_NETWORKS).orElse(List.of())),
                new TlsOptions(
                        keyFile(scope, Options.TLS_TRUST_STORE, Options.TLS_TRUST_STORE_PASSWORD),
                        keyFile(scope, Options.TLS_KEY_STORE, Options.TLS_KEY_STORE_PASSWORD),
                        byName(
                                TlsOptions.Version.values(),
                                TlsOptions.Version::wireName,
                                Options.TLS_MIN_VERSION,
                                scope),
                        scope.find(Options.TLS_SERVER_NAME)),
                byName(
                        ConnectionOptions.Protocol.values(),
                        ConnectionOptions.Protocol::wireName,
                        Options.HTTP_VERSION,
                        scope),
                proxyOf(scope).map(proxy -> proxy(proxy, scope.find(Options.PROXY_PASSWORD))));
    }

    /** The proxy that is used; none where it is switched off. */
    static Optional<URI> proxyOf(Scope scope) {
        return scope.find(Options.PROXY).filter(proxy -> proxy.getScheme() != null);
    }

    private static <T> T byName(T[] values, Function<T, String> name, Option<String> option, Scope scope) {
        return Arrays.stream(values)
                .filter(value -> name.apply(value).equals(scope.get(option)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(option.key() + " knows more names than the model"));
    }

    private static Optional<KeyFile> keyFile(Scope scope, Option<String> file, Option<Secret> password) {
        return scope.find(file).map(path -> keyFile(scope.settings(), Path.of(path), scope.find(password)));
    }

    /** A file that was tried, with what its content is known by. */
    static KeyFile keyFile(Settings settings, Path path, Optional<Secret> password) {
        return new KeyFile(path, password, settings.files().fingerprint(path));
    }

    private static ProxyServer proxy(URI proxy, Optional<Secret> password) {
        return new ProxyServer(
                ProxyServer.Kind.valueOf(proxy.getScheme().toUpperCase(Locale.ROOT)),
                proxy.getHost().replaceAll("[\\[\\]]", ""),
                proxy.getPort(),
                Optional.ofNullable(proxy.getUserInfo()),
                password);
    }
}
