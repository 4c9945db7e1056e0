package io.cloudland.callback.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.store.PlannedDelivery;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointPlannerTest {

    private static final ResourceChangeEvent EVENT = new ResourceChangeEvent(
            EventId.random(),
            new ResourceChange(
                    new ResourceRef(ResourceType.VOLUME, 7),
                    "uuid",
                    "attached",
                    Action.ATTACHED,
                    "attach_volume_local",
                    Commands.AT,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of()),
            Optional.empty(),
            1,
            "epoch",
            Commands.AT);

    private final AtomicInteger rendered = new AtomicInteger();
    private final PayloadRenderer plain = event -> payload("plain");
    private final PayloadRenderer envelope = event -> payload("envelope");

    private Payload payload(String body) {
        rendered.incrementAndGet();
        return new Payload(body, new byte[0]);
    }

    private static Endpoint endpoint(String name, String format) {
        return new Endpoint(
                name,
                URI.create("http://localhost/" + name),
                format,
                Optional.empty(),
                Duration.ofSeconds(30),
                3,
                Duration.ofSeconds(5),
                4,
                false);
    }

    @Test
    void every_endpoint_is_owed_the_event_and_each_format_is_rendered_once() {
        EndpointPlanner planner = new EndpointPlanner(
                List.of(endpoint("a", "plain"), endpoint("b", "envelope"), endpoint("c", "plain")),
                Map.of("plain", plain, "envelope", envelope));
        List<PlannedDelivery> planned = planner.plan(EVENT);
        assertThat(planned).extracting(PlannedDelivery::endpoint).containsExactly("a", "b", "c");
        assertThat(planned)
                .extracting(delivery -> delivery.payload().contentType())
                .containsExactly("plain", "envelope", "plain");
        assertThat(rendered).hasValue(2);
    }

    static Stream<PayloadRenderer> failing() {
        return Stream.of(
                event -> {
                    throw new IllegalStateException("no uuid");
                },
                event -> {
                    throw new NoClassDefFoundError("host/Missing");
                },
                event -> null);
    }

    @ParameterizedTest
    @MethodSource("failing")
    void a_format_that_fails_costs_its_own_endpoints_the_event_and_no_other(PayloadRenderer bad) {
        EndpointPlanner planner = new EndpointPlanner(
                List.of(endpoint("a", "bad"), endpoint("b", "plain"), endpoint("c", "bad")),
                Map.of("plain", plain, "bad", bad));

        List<PlannedDelivery> planned = planner.plan(EVENT);

        assertThat(planned).extracting(PlannedDelivery::endpoint).containsExactly("a", "b", "c");
        assertThat(planned.get(1).payload().failure()).isEmpty();
        assertThat(planned.get(0).payload().failure().orElseThrow()).startsWith("the format bad failed: java.lang.");
        assertThat(planned.get(2).payload()).isSameAs(planned.get(0).payload());
    }

    @Test
    void without_endpoints_nothing_is_planned() {
        assertThat(new EndpointPlanner(List.of(), Map.of()).plan(EVENT)).isEmpty();
    }

    @Test
    void a_format_without_a_renderer_is_found_out_at_once() {
        assertThatThrownBy(() -> new EndpointPlanner(List.of(endpoint("a", "xml")), Map.of("plain", plain)))
                .hasMessageContaining("endpoint a: format \"xml\" is not one of [plain]");
    }
}
