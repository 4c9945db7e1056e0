package io.cloudland.callback.receiver;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.receiver.FaultRule.Strikes;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads fault texts such as {@code delay=50ms,status=503@first:3}. */
final class FaultGrammar {

    static final String GRAMMAR = """
            A fault text is one or more of these, parted by commas; the first that strikes decides the answer:
              status=CODE     answer with that status, 200 to 599
              delay=TIME      wait first, for example delay=50ms or delay=2s
              hang            never answer
              drip=Nb/TIME    200 with a body that never ends, for example drip=1b/100ms
              reset           end the connection without an answer
              redirect=URL    303 to that URL
              garbage         answer with something that is not HTTP
            Each can end in @RATE% (that share of the events, for example status=500@10%)
            or @first:N (the first N events, for example hang@first:3).""";

    /** A comma parts rules only where a rule begins, so that a URL may hold commas. */
    private static final Pattern COMMA =
            Pattern.compile("\\s*,\\s*(?=(?:status|delay|hang|drip|reset|redirect|garbage)(?:[=@,\\s]|$))");

    private static final Pattern RULE =
            Pattern.compile("(.*?)(?:@(?:(?<rate>\\d{1,3}(?:\\.\\d{1,6})?)%|first:(?<first>\\d{1,9})))?");

    private FaultGrammar() {}

    /**
     * @param text a fault text; blank for none
     * @throws CallbackException {@code CONFIG_INVALID}, with the grammar
     */
    static List<FaultRule> parse(String text) {
        List<FaultRule> rules = new ArrayList<>();
        for (String item : text.isBlank() ? new String[0] : COMMA.split(text.strip())) {
            if (!rules.isEmpty() && rules.get(rules.size() - 1).isLastWord()) {
                throw invalid(item, "can never strike: the fault before it decides every answer");
            }
            rules.add(rule(item));
        }
        return List.copyOf(rules);
    }

    private static FaultRule rule(String item) {
        Matcher matcher = RULE.matcher(item);
        if (!matcher.matches()) {
            throw invalid(item, "cannot be read");
        }
        Fault fault = fault(matcher.group(1)).orElseThrow(() -> invalid(item, "is not a fault"));
        return new FaultRule(fault, strikes(item, matcher.group("rate"), matcher.group("first")));
    }

    private static Strikes strikes(String item, @Nullable String rate, @Nullable String first) {
        if (rate != null) {
            BigDecimal percent = new BigDecimal(rate);
            if (percent.compareTo(BigDecimal.valueOf(100)) > 0) {
                throw invalid(item, "has a rate over 100%");
            }
            return new Strikes.AtRate(percent);
        }
        return first == null ? new Strikes.Always() : new Strikes.First(Integer.parseInt(first));
    }

    private static Optional<Fault> fault(String written) {
        int equals = written.indexOf('=');
        String name = equals < 0 ? written : written.substring(0, equals);
        if (equals < 0) {
            return switch (name) {
                case "hang" -> Optional.of(new Fault.Hang());
                case "reset" -> Optional.of(new Fault.Reset());
                case "garbage" -> Optional.of(new Fault.Garbage());
                default -> Optional.empty();
            };
        }
        String value = written.substring(equals + 1);
        return switch (name) {
            case "status" -> status(value);
            case "delay" -> Durations.parse(value).map(Fault.Delay::new);
            case "drip" -> drip(value);
            case "redirect" -> redirect(value);
            default -> Optional.empty();
        };
    }

    private static Optional<Fault> status(String code) {
        return code.matches("[2-5]\\d\\d") ? Optional.of(new Fault.Status(Integer.parseInt(code))) : Optional.empty();
    }

    private static Optional<Fault> drip(String value) {
        Matcher matcher = Pattern.compile("([1-9]\\d{0,5})b/(.+)").matcher(value);
        return matcher.matches()
                ? Durations.parse(matcher.group(2))
                        .filter(every -> !every.isZero())
                        .map(every -> new Fault.Drip(Integer.parseInt(matcher.group(1)), every))
                : Optional.empty();
    }

    private static Optional<Fault> redirect(String value) {
        try {
            return value.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Fault.Redirect(URI.create(value).toString()));
        } catch (IllegalArgumentException notAUri) {
            return Optional.empty();
        }
    }

    private static CallbackException invalid(String item, String why) {
        return new CallbackException(ErrorCode.CONFIG_INVALID, "fault '" + item + "' " + why + ".\n" + GRAMMAR);
    }
}
