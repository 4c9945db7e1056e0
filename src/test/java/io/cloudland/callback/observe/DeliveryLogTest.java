package io.cloudland.callback.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryLogTest {

    private final SafeListeners listeners = new SafeListeners(List.of(new DeliveryLog()));

    @Test
    void one_that_is_not_sent_has_its_line_too_and_it_tells_which_one_stands_for_it() {
        Delivery merged = Samples.delivery(1, Samples.instance(127), 1);
        Delivery standing = Samples.delivery(2, Samples.instance(127), 2).withCoalesced(new Coalesced(1, 1));
        try (LogOf log = LogOf.named("delivery")) {
            listeners.coalesced(merged, standing);
            listeners.delivered(standing, Samples.attempt(1, new AttemptOutcome.Answered(200, "")));

            assertThat(log.messages(Level.INFO)).hasSize(2);
            assertThat(log.messages(Level.INFO).get(0))
                    .isEqualTo("coalesced " + merged.event().id()
                            + " instance/127 #1 -->running endpoint=default: not sent, "
                            + standing.event().id() + " #2 stands for it");
            assertThat(log.messages(Level.INFO).get(1))
                    .startsWith("delivered " + standing.event().id()
                            + " instance/127 #2 -->running endpoint=default stands_for=1 from=#1 outcome=\"HTTP 200\"");
        }
    }

    @Test
    void one_that_stands_for_itself_alone_says_nothing_of_others() {
        Delivery delivery = Samples.delivery(1, Samples.instance(127), 1);
        try (LogOf log = LogOf.named("delivery")) {
            listeners.delivered(delivery, Samples.attempt(1, new AttemptOutcome.Answered(200, "")));

            assertThat(log.messages(Level.INFO)).singleElement().asString().doesNotContain("stands_for");
        }
    }
}
