package io.cloudland.callback.http;

import static io.cloudland.callback.http.Connections.address;
import static io.cloudland.callback.http.Connections.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AddressRules;
import io.cloudland.callback.model.AddressRules.Base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private static AddressPolicy policy(Base base) {
        return new AddressPolicy(rules(base));
    }

    private static AddressPolicy policy(Base base, String allow, String deny) {
        return new AddressPolicy(rules(base, allow, deny));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The metadata service, as the C library, browsers and people spell it.
                "169.254.169.254",
                "169.254.169.254.",
                "2852039166",
                "0xa9fea9fe",
                "0XA9FEA9FE",
                "0x00000000a9fea9fe",
                "025177524776",
                "0251.0376.0251.0376",
                "0251.254.169.254",
                "00000251.0376.0251.0376",
                "0xa9.0xfe.0xa9.0xfe",
                "0xa9.254.0251.254",
                "169.254.43518",
                "169.254.0xa9fe",
                "169.16689662",
                "169.0xfea9fe",
                "0251.077524776",
                "169.254.169.0376",
                "%31%36%39.254.169.254",
                "169%2e254%2e169%2e254",
                "１６９.２５４.１６９.２５４",
                "①⑥⑨.②⑤④.①⑥⑨.②⑤④",
                "169。254。169。254",
                // Inside IPv6.
                "[::ffff:169.254.169.254]",
                "::ffff:169.254.169.254",
                "[::ffff:a9fe:a9fe]",
                "[0:0:0:0:0:ffff:a9fe:a9fe]",
                "[0000:0000:0000:0000:0000:FFFF:A9FE:A9FE]",
                "[::169.254.169.254]",
                "[::a9fe:a9fe]",
                "[::ffff:0:169.254.169.254]",
                "[::ffff:0:a9fe:a9fe]",
                "[64:ff9b::169.254.169.254]",
                "[64:ff9b::a9fe:a9fe]",
                "[64:ff9b:1::a9fe:a9fe]",
                "[64:ff9b:1:a9fe:a9:fe00::]",
                "[64:ff9b:1:a9:fe:a9fe::]",
                "[64:ff9b:1:0:a9:fea9:fe00:0]",
                "[2002:a9fe:a9fe::]",
                "[2002:a9fe:a9fe::1]",
                "[2001:0:a9fe:a9fe::1]",
                "[2001:0:4136:e378:8000:63bf:5601:5601]",
                "[fe80::5efe:169.254.169.254]",
                "[2001:db8::200:5efe:a9fe:a9fe]",
                // Its relatives and other link-local addresses.
                "169.254.0.0",
                "169.254.170.2",
                "169.254.255.255",
                "[fd00:ec2::254]",
                "[fd00:ec2:0:0:0:0:0:254]",
                "[fd00:ec2::23]",
                "[fd20:ce::254]",
                "[fd00:42::42]",
                "[fd00:c1::a9fe:a9fe]",
                "100.100.100.200",
                "1684301000",
                "0x646464c8",
                "[::ffff:100.100.100.200]",
                "168.63.129.16",
                "0xa83f8110",
                "192.0.0.192",
                "[fe80::1]",
                "[fe80::1%eth0]",
                "[fe80::1%25eth0]",
                "[febf:ffff::1]",
                // No host's address.
                "0.0.0.0",
                "0",
                "0x0",
                "0.1.2.3",
                "[::]",
                "[::ffff:0.0.0.0]",
                "224.0.0.1",
                "239.255.255.250",
                "[ff02::1]",
                "255.255.255.255",
                "4294967295",
                // Names that lead there, for whoever resolves them for us.
                "metadata",
                "metadata.google.internal",
                "METADATA.google.INTERNAL.",
                "metadata.goog",
                "metadata.azure.internal",
                "instance-data.ec2.internal",
            })
    void no_link_local_and_public_only_refuse_metadata_services_in_every_spelling(String host) {
        assertThat(policy(Base.NO_LINK_LOCAL).refusalOfHost(host))
                .get()
                .asString()
                .startsWith("address_policy = \"no-link-local\" (");
        assertThat(policy(Base.PUBLIC_ONLY).refusalOfHost(host)).isPresent();
        assertThat(policy(Base.LISTED_ONLY).refusalOfHost(host)).isPresent();
        assertThat(policy(Base.ALLOW_ALL).refusalOfHost(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f.1",
                "017700000001",
                "127.255.255.254",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "localhost",
                "LOCALHOST.",
                "a.localhost",
                "ip6-localhost",
                "10.0.0.1",
                "167772161",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "0xc0.0xa8.1",
                "100.64.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.7",
                "192.88.99.1",
                "240.0.0.1",
                "[fc00::1]",
                "[fd12:3456::1]",
                "[fec0::1]",
                "[64:ff9b::10.0.0.1]",
                "[64:ff9b:1::8.8.8.8]",
                "[2002:808:808::1]",
                "[2001::1]",
                "[2001:db8::1]",
                "[3fff::1]",
                "[::8.8.8.8]",
                "[4000::1]",
            })
    void public_only_refuses_what_is_not_on_the_internet(String host) {
        assertThat(policy(Base.PUBLIC_ONLY).refusalOfHost(host))
                .get()
                .asString()
                .startsWith("address_policy = \"public-only\" (");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "[::1]",
                "10.0.0.1",
                "192.168.1.1",
                "172.16.0.1",
                "100.64.0.1",
                "100.100.100.201",
                "169.253.255.255",
                "169.255.0.0",
                "fd12:3456::1",
                "[::ffff:10.0.0.1]",
                "[64:ff9b::10.0.0.1]",
                "[64:ff9b:1::a00:1]",
                "[2001:db8::1]",
                "8.8.8.8",
                "hooks.example",
                "metadata.example",
            })
    void no_link_local_lets_private_networks_through(String host) {
        assertThat(policy(Base.NO_LINK_LOCAL).refusalOfHost(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.15.255.255",
                "172.32.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "198.20.0.0",
                "223.255.255.255",
                "[2606:4700:4700::1111]",
                "[2a00:1450::1]",
                "[64:ff9b::8.8.8.8]",
                "hooks.example",
            })
    void public_only_lets_the_internet_through(String host) {
        assertThat(policy(Base.PUBLIC_ONLY).refusalOfHost(host)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Base.class)
    void a_denied_network_comes_before_everything_else(Base base) {
        AddressPolicy policy = policy(base, "10.0.0.0/8", "10.1.0.0/16 fd00:1::/32");
        assertThat(policy.refusal(address("10.1.2.3"))).contains("deny_networks (10.1.0.0/16)");
        assertThat(policy.refusal(address("10.2.2.3"))).isEmpty();
        assertThat(policy.refusal(address("::ffff:10.1.2.3"))).contains("deny_networks (10.1.0.0/16)");
        assertThat(policy.refusal(address("fd00:1::9"))).contains("deny_networks (fd00:1::/32)");
    }

    @Test
    void a_denied_network_is_found_inside_a_translated_address() {
        AddressPolicy policy = policy(Base.ALLOW_ALL, "", "10.1.0.0/16");
        assertThat(policy.refusal(address("64:ff9b::10.1.2.3"))).contains("deny_networks (10.1.0.0/16), inside NAT64");
        assertThat(policy.refusal(address("2002:0a01:0203::1"))).contains("deny_networks (10.1.0.0/16), inside 6to4");
    }

    @Test
    void an_allowed_network_opens_what_the_policy_forbids() {
        AddressPolicy policy = policy(Base.NO_LINK_LOCAL, "169.254.10.0/24", "");
        assertThat(policy.refusal(address("169.254.10.1"))).isEmpty();
        assertThat(policy.refusal(address("169.254.169.254"))).isPresent();
    }

    @Test
    void an_allowed_translation_does_not_open_what_is_inside() {
        AddressPolicy policy = policy(Base.LISTED_ONLY, "64:ff9b::/96", "");
        assertThat(policy.refusal(address("64:ff9b::10.0.0.1"))).isEmpty();
        assertThat(policy.refusal(address("64:ff9b::169.254.169.254"))).isPresent();
    }

    @Test
    void listed_only_takes_nothing_else() {
        AddressPolicy policy = policy(Base.LISTED_ONLY, "10.0.0.0/8", "");
        assertThat(policy.refusal(address("10.255.0.1"))).isEmpty();
        assertThat(policy.refusal(address("11.0.0.1")))
                .contains("address_policy = \"listed-only\" (not in allow_networks)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "169.254.169.254          | (link-local, 169.254.0.0/16)",
                "64:ff9b::169.254.169.254 | (link-local, 169.254.0.0/16), inside NAT64",
                "fd00:ec2::254            | (metadata service of AWS, fd00:ec2::/32)",
                "::                       | (this host, ::/128)",
            })
    void a_refusal_names_policy_reason_and_network(String literal, String why) {
        assertThat(new AddressPolicy(AddressRules.DEFAULT).refusal(address(literal)))
                .contains("address_policy = \"no-link-local\" " + why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hooks.example",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.256",
                "4294967296",
                "08.1.1.1",
                "1..2",
                "0xg",
                "",
                "1.2.3.4x",
                "[::1",
                "::g",
                "169.254.169.254.nip.io",
                "-1",
                "1e3",
                "$1",
                "%5c%24",
            })
    void what_is_no_address_is_a_name(String host) {
        assertThat(HostLiteral.parse(host)).isEmpty();
    }
}
