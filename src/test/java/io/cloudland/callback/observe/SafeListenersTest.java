package io.cloudland.callback.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafeListenersTest {

    private static final Delivery DELIVERY = Samples.delivery(1, new ResourceRef(ResourceType.INSTANCE, 127), 1);
    private static final Attempt ATTEMPT = Samples.attempt(1, new AttemptOutcome.Answered(200, ""));

    private final List<Delivery> heard = new ArrayList<>();
    private final DeliveryListener throwing = new DeliveryListener() {
        @Override
        public void delivered(Delivery delivery, Attempt attempt) {
            throw new StackOverflowError("a listener of the host");
        }
    };
    private final DeliveryListener hearing = new DeliveryListener() {
        @Override
        public void delivered(Delivery delivery, Attempt attempt) {
            heard.add(delivery);
        }
    };

    @Test
    void a_listener_that_throws_for_ever_is_told_of_once_and_costs_the_others_nothing() {
        SafeListeners listeners = new SafeListeners(List.of(throwing, hearing));
        try (LogOf log = LogOf.named("observe")) {
            for (int i = 0; i < 100; i++) {
                listeners.delivered(DELIVERY, ATTEMPT);
            }
            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("Further throws");
        }
        assertThat(heard).hasSize(100);
    }
}
