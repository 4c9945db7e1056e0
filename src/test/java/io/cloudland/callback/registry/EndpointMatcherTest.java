package io.cloudland.callback.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Choice;
import io.cloudland.callback.model.ConnectionOptions;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EventFilter;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.RetrySettings;
import io.cloudland.callback.model.Transition;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointMatcherTest {

    /** Instance 7 of tenant t-1 in region ap-1, shut off by action_vm, after running. */
    private static final ResourceChangeEvent EVENT = event(Optional.of("running"), "shut_off", Optional.of("t-1"));

    private static ResourceChangeEvent event(Optional<String> before, String after, Optional<String> tenant) {
        return new ResourceChangeEvent(
                EventId.random(),
                new ResourceChange(
                        new ResourceRef(ResourceType.INSTANCE, 7),
                        "uuid",
                        after,
                        Action.STATE_CHANGED,
                        "action_vm",
                        Commands.AT,
                        tenant,
                        tenant.map(known -> "ap-1"),
                        Map.of()),
                before,
                1,
                "epoch",
                Commands.AT);
    }

    private static boolean takes(EventFilter filter, ResourceChangeEvent event) {
        return !new EndpointMatcher(List.of(endpoint("e", true, filter)))
                .match(event)
                .isEmpty();
    }

    private static Endpoint endpoint(String name, boolean enabled, EventFilter filter) {
        return new Endpoint(
                name,
                URI.create("http://localhost/"),
                "plain",
                Optional.empty(),
                Duration.ofSeconds(30),
                RetrySettings.fixed(3, Duration.ofSeconds(5)),
                4,
                false,
                enabled,
                filter,
                Map.of(),
                List.of(),
                ConnectionOptions.DEFAULT,
                FlowSettings.UNLIMITED);
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource({
        "resource_type, instance,            true",
        "resource_type, volume instance,     true",
        "resource_type, volume,              false",
        "resource_type, !volume,             true",
        "resource_type, !instance,           false",
        "command,       action_vm,           true",
        "command,       launch_vm,           false",
        "command,       action_vm.sh,        false",
        "command,       !launch_vm,          true",
        "action,        state_changed,       true",
        "action,        created deleted,     false",
        "status,        shut_off,            true",
        "status,        running,             false",
        "status,        SHUT_OFF,            false",
        "status,        shut_off !shut_off,  false",
        "status,        shut_off !running,   true",
        "status,        running !error,      false",
        "status,        !error !pending,     true",
        "tenant_id,     t-1 t-2,             true",
        "tenant_id,     t-2,                 false",
        "region,        ap-1,                true",
        "region,        !ap-1,               false",
        "transition,    running->shut_off,   true",
        "transition,    running→shut_off,    true",
        "transition,    *->shut_off,         true",
        "transition,    running->*,          true",
        "transition,    *->*,                true",
        "transition,    shut_off->running,   false",
        "transition,    *->error,            false",
        "transition,    *->error *->shut_off,true",
        "transition,    !running->*,         false",
        "transition,    !*->error,           true",
        "transition,    *->* !*->shut_off,   false",
    })
    void a_list_takes_what_it_names_and_leaves_out_what_has_a_mark(String key, String values, boolean taken) {
        assertThat(takes(filter(key, values), EVENT)).isEqualTo(taken);
    }

    @ParameterizedTest(name = "{0} to {1} is {2}: {3}")
    @CsvSource({
        "running, running,  *->running,        false",
        "running, running,  running->running,  true",
        "running, running,  *->*,              false",
        "running, running,  running->*,        false",
        "-,       pending,  *->pending,        true",
        "-,       pending,  -->pending,        true",
        "-,       pending,  running->pending,  false",
        "running, pending,  -->pending,        false",
        "error,   error,    !*->error,         true",
    })
    void a_transition_is_a_change_and_may_start_at_first_sight(
            String before, String after, String pattern, boolean taken) {
        Optional<String> previous = Optional.of(before).filter(status -> !status.equals("-"));
        assertThat(takes(filter("transition", pattern), event(previous, after, Optional.empty())))
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({
        "tenant_id, t-1,  false",
        "tenant_id, !t-1, true",
        "region,    ap-1, false",
        "region,    !ap-1,true",
    })
    void what_an_event_does_not_tell_is_neither_wanted_nor_unwanted(String key, String values, boolean taken) {
        assertThat(takes(filter(key, values), event(Optional.empty(), "x", Optional.empty())))
                .isEqualTo(taken);
    }

    @Test
    void every_list_must_take_the_event() {
        EventFilter both = new EventFilter(
                choice("instance", name -> ResourceType.ofWireName(name).orElseThrow()),
                Choice.any(),
                Choice.any(),
                choice("running", Function.identity()),
                Choice.any(),
                Choice.any(),
                Choice.any());
        assertThat(takes(both, EVENT)).isFalse();
        assertThat(takes(both, event(Optional.of("pending"), "running", Optional.empty())))
                .isTrue();
    }

    @Test
    void each_enabled_endpoint_is_asked_for_itself_and_their_order_stays() {
        EndpointMatcher matcher = new EndpointMatcher(List.of(
                endpoint("all", true, EventFilter.EVERYTHING),
                endpoint("off", false, EventFilter.EVERYTHING),
                endpoint("errors", true, filter("status", "error")),
                endpoint("shut-off", true, filter("status", "shut_off"))));
        assertThat(matcher.match(EVENT)).containsExactly("all", "shut-off");
    }

    private static EventFilter filter(String key, String values) {
        Choice<String> text = choice(values, Function.identity());
        Choice<String> any = Choice.any();
        return new EventFilter(
                key.equals("resource_type")
                        ? choice(values, name -> ResourceType.ofWireName(name).orElseThrow())
                        : Choice.any(),
                key.equals("command") ? text : any,
                key.equals("action")
                        ? choice(values, name -> Action.ofWireName(name).orElseThrow())
                        : Choice.any(),
                key.equals("status") ? text : any,
                key.equals("tenant_id") ? text : any,
                key.equals("region") ? text : any,
                key.equals("transition")
                        ? choice(values, written -> Transition.parse(written).orElseThrow())
                        : Choice.any());
    }

    private static <T> Choice<T> choice(String values, Function<String, T> read) {
        Set<T> wanted = new LinkedHashSet<>();
        Set<T> unwanted = new LinkedHashSet<>();
        Arrays.stream(values.strip().split(" +"))
                .forEach(value -> (value.startsWith("!") ? unwanted : wanted)
                        .add(read.apply(value.startsWith("!") ? value.substring(1) : value)));
        return new Choice<>(wanted, unwanted);
    }
}
