package io.cloudland.callback.cli.control;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in at most two units. Pure. */
final class Ages {

    private Ages() {}

    static String since(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        return age.isNegative() ? "in " + text(age.negated()) : text(age);
    }

    private static String text(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d" + two(age.toHoursPart()) + "h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h" + two(age.toMinutesPart()) + "m";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" + two(age.toSecondsPart()) + "s" : age.toSeconds() + "s";
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
