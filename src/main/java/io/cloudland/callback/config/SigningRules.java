package io.cloudland.callback.config;

import io.cloudland.callback.model.SigningSecret;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What signing secrets must be. */
final class SigningRules {

    /** Each makes the signature header longer; more than a rotation needs is a slip. */
    private static final int MOST = 8;

    private SigningRules() {}

    /** One secret as text; several, parted by white space, as the lines of a file have them, or by commas. */
    static Rule<List<SigningSecret>> oneOrLines() {
        return new Rule<>(SigningSecret.RULE, value -> value instanceof String text ? ofText(text) : Optional.empty());
    }

    /** An array of secrets; as text, from the environment, parted by commas or white space. */
    static Rule<List<SigningSecret>> several() {
        return new Rule<>(
                "an array of 1 to " + MOST + " secrets, each " + SigningSecret.RULE, SigningRules::ofArrayOrText);
    }

    private static Optional<List<SigningSecret>> ofArrayOrText(Object value) {
        if (value instanceof JsonArray array) {
            return ofList(array.getList());
        }
        return value instanceof List<?> list
                ? ofList(list)
                : Optional.of(value).filter(String.class::isInstance).flatMap(text -> ofText((String) text));
    }

    private static Optional<List<SigningSecret>> ofText(String text) {
        return ofList(List.of(text.strip().split("[\\s,]+", -1)));
    }

    private static Optional<List<SigningSecret>> ofList(List<?> texts) {
        List<SigningSecret> secrets = texts.stream()
                .flatMap(text -> text instanceof String secret ? SigningSecret.parse(secret).stream() : Stream.empty())
                .filter(SigningSecret::signs)
                .toList();
        boolean right = secrets.size() == texts.size() && !secrets.isEmpty() && secrets.size() <= MOST;
        return right ? Optional.of(secrets.stream().distinct().toList()) : Optional.empty();
    }
}
