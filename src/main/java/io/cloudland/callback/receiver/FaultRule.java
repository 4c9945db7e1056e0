package io.cloudland.callback.receiver;

import java.math.BigDecimal;

/**
 * A fault and which events it strikes.
 *
 * @param strikes every event, a share of them, or the first few
 */
record FaultRule(Fault fault, Strikes strikes) {

    /** Which events a fault strikes. */
    sealed interface Strikes {

        /** Every event. */
        record Always() implements Strikes {}

        /** A share of the events, drawn from a seeded generator. */
        record AtRate(BigDecimal percent) implements Strikes {}

        /** The first events that reach the rule. */
        record First(int count) implements Strikes {}
    }

    /** The rule as it stands in a fault text. */
    String text() {
        if (strikes instanceof Strikes.AtRate rate) {
            return fault.text() + "@" + rate.percent().toPlainString() + "%";
        }
        return strikes instanceof Strikes.First first ? fault.text() + "@first:" + first.count() : fault.text();
    }

    /** Whether nothing behind this rule can ever strike. */
    boolean isLastWord() {
        return fault.isFinal() && strikes instanceof Strikes.Always;
    }
}
