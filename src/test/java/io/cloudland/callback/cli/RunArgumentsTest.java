package io.cloudland.callback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.CallbackException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunArgumentsTest {

    private static RunArguments parse(String args) {
        return RunArguments.parse(args.isEmpty() ? List.of() : List.of(args.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-conf x.toml", "--conf x.toml", "-CONF x.toml", "-conf=x.toml", "--conf=x.toml"})
    void every_spelling_of_conf_is_understood(String args) {
        assertThat(parse(args).conf()).contains("x.toml");
        assertThat(parse(args).others()).isEmpty();
    }

    @Test
    void other_options_are_handed_on_in_their_order() {
        RunArguments parsed = parse("-options o.json -conf x.toml -w --startup-timeout-seconds 5 -cluster-port=7");
        assertThat(parsed.others())
                .containsExactly("-options", "o.json", "-w", "--startup-timeout-seconds", "5", "-cluster-port=7");
        assertThat(parsed.forLauncher("{}"))
                .startsWith(RunArguments.VERTICLE, "-conf", "{}", "-options", "o.json")
                .doesNotContain("-cluster-host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-cluster", "--cluster", "-c"})
    void a_cluster_without_a_host_stays_on_loopback(String args) {
        assertThat(parse(args).cluster()).isTrue();
        assertThat(parse(args).forLauncher("{}")).endsWith(args, "-cluster-host", "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-cluster -cluster-host 192.0.2.1", "--cluster-host=192.0.2.1 -c"})
    void a_cluster_with_a_host_is_left_alone(String args) {
        assertThat(parse(args).cluster()).isTrue();
        assertThat(parse(args).forLauncher("{}")).doesNotContain("127.0.0.1");
    }

    @Test
    void the_list_of_members_is_ours_and_not_the_launchers() {
        RunArguments parsed = parse("-cluster -cluster-host 10.0.0.1 -cluster-members 10.0.0.1,10.0.0.2");
        assertThat(parsed.clusterMembers()).contains("10.0.0.1,10.0.0.2");
        assertThat(parsed.forLauncher("{}")).endsWith("-cluster", "-cluster-host", "10.0.0.1");
        assertThatThrownBy(() -> parse("-cluster-members 10.0.0.1"))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("needs -cluster");
    }

    @Test
    void our_own_verticle_and_one_instance_may_be_named() {
        assertThat(parse(RunArguments.VERTICLE + " -instances 1").others()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-instances 2", "--instances=3", "-instances x"})
    void more_instances_are_refused_and_workers_named(String args) {
        assertThatThrownBy(() -> parse(args))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("workers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-conf", "-instances"})
    void a_missing_value_is_told(String args) {
        assertThatThrownBy(() -> parse(args))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("needs a value");
    }

    @Test
    void another_verticle_is_refused() {
        assertThatThrownBy(() -> parse("-conf x.toml com.example.Other"))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("com.example.Other");
    }
}
