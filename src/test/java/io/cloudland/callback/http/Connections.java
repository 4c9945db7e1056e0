package io.cloudland.callback.http;

import io.cloudland.callback.model.AddressRules;
import io.cloudland.callback.model.AddressRules.Base;
import io.cloudland.callback.model.ConnectionOptions;
import io.cloudland.callback.model.ConnectionOptions.Protocol;
import io.cloudland.callback.model.Network;
import io.cloudland.callback.model.ProxyServer;
import io.cloudland.callback.model.TlsOptions;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Ways to connect, each the default but for one thing. */
final class Connections {

    private Connections() {}

    static AddressRules rules(Base base) {
        return new AddressRules(base, List.of(), List.of());
    }

    static AddressRules rules(Base base, String allow, String deny) {
        return new AddressRules(base, networks(allow), networks(deny));
    }

    private static List<Network> networks(String list) {
        return Stream.of(list.split(" ", -1))
                .filter(text -> !text.isEmpty())
                .map(Network::of)
                .toList();
    }

    static ConnectionOptions under(AddressRules rules) {
        return new ConnectionOptions(rules, TlsOptions.DEFAULT, Protocol.HTTP_1_1, Optional.empty());
    }

    static ConnectionOptions with(TlsOptions tls) {
        return new ConnectionOptions(AddressRules.DEFAULT, tls, Protocol.HTTP_1_1, Optional.empty());
    }

    static ConnectionOptions http2(TlsOptions tls) {
        return new ConnectionOptions(AddressRules.DEFAULT, tls, Protocol.HTTP_2, Optional.empty());
    }

    static ConnectionOptions through(ProxyServer proxy, TlsOptions tls) {
        return new ConnectionOptions(AddressRules.DEFAULT, tls, Protocol.HTTP_1_1, Optional.of(proxy));
    }

    static InetAddress address(String literal) {
        return HostLiteral.parse(literal).orElseThrow();
    }
}
