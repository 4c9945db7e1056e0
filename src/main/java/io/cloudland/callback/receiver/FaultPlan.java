package io.cloudland.callback.receiver;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.receiver.FaultRule.Strikes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Decides, event by event, which faults strike. The same text and seed strike the same events. */
final class FaultPlan {

    private final List<FaultRule> rules;
    private final int[] reached;
    private final Random random;

    private FaultPlan(List<FaultRule> rules, long seed) {
        this.rules = rules;
        this.reached = new int[rules.size()];
        this.random = new Random(seed);
    }

    /**
     * @param text a fault text, see {@link FaultGrammar}; blank for none
     * @throws CallbackException {@code CONFIG_INVALID}
     */
    static FaultPlan of(String text, long seed) {
        return new FaultPlan(FaultGrammar.parse(text), seed);
    }

    /** The faults for the next event: any number of delays, then at most one that decides the answer. */
    synchronized List<Fault> next() {
        if (rules.isEmpty()) {
            return List.of();
        }
        List<Fault> striking = new ArrayList<>(2);
        for (int i = 0; i < rules.size(); i++) {
            if (strikes(i)) {
                striking.add(rules.get(i).fault());
                if (rules.get(i).fault().isFinal()) {
                    break;
                }
            }
        }
        return striking;
    }

    private boolean strikes(int index) {
        Strikes strikes = rules.get(index).strikes();
        if (strikes instanceof Strikes.First first) {
            return reached[index] < first.count() && ++reached[index] > 0;
        }
        return !(strikes instanceof Strikes.AtRate rate) || draws(rate.percent());
    }

    private boolean draws(BigDecimal percent) {
        return random.nextDouble() * 100 < percent.doubleValue();
    }

    /** The plan as a fault text; empty for none. */
    String text() {
        return rules.stream().map(FaultRule::text).collect(Collectors.joining(","));
    }
}
