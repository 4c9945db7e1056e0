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

/** The rules for how connections are made, and what is built from the options that keep them. */
final class ConnectionRules {

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
                "http://user@host:port or socks5://user@host:port, with or without user, with no password inside (use"
                        + " callback.proxy_password)",
                Addresses::proxy);
    }

    /** The connections of the default endpoint. */
    static ConnectionOptions build(Settings settings) {
        return new ConnectionOptions(
                new AddressRules(
                        byName(
                                AddressRules.Base.values(),
                                AddressRules.Base::wireName,
                                Options.ADDRESS_POLICY,
                                settings),
                        settings.find(Options.ALLOW_NETWORKS).orElse(List.of()),
                        settings.find(Options.DENY_NETWORKS).orElse(List.of())),
                new TlsOptions(
                        keyFile(settings, Options.TLS_TRUST_STORE, Options.TLS_TRUST_STORE_PASSWORD),
                        keyFile(settings, Options.TLS_KEY_STORE, Options.TLS_KEY_STORE_PASSWORD),
                        byName(
                                TlsOptions.Version.values(),
                                TlsOptions.Version::wireName,
                                Options.TLS_MIN_VERSION,
                                settings)),
                byName(
                        ConnectionOptions.Protocol.values(),
                        ConnectionOptions.Protocol::wireName,
                        Options.HTTP_VERSION,
                        settings),
                settings.find(Options.PROXY).map(proxy -> proxy(proxy, settings.find(Options.PROXY_PASSWORD))));
    }

    private static <T> T byName(T[] values, Function<T, String> name, Option<String> option, Settings settings) {
        return Arrays.stream(values)
                .filter(value -> name.apply(value).equals(settings.get(option)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(option.key() + " knows more names than the model"));
    }

    private static Optional<KeyFile> keyFile(Settings settings, Option<String> file, Option<Secret> password) {
        return settings.find(file).map(path -> new KeyFile(Path.of(path), settings.find(password)));
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
