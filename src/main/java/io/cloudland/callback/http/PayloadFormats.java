package io.cloudland.callback.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The payload formats there are, by name. Immutable. */
public final class PayloadFormats {

    private static final PayloadFormats BUILT_IN = new PayloadFormats(List.of(
            new ResourceChangeFormat(),
            new EventFormat(),
            new CloudEventsFormat(),
            new CloudEventsBinaryFormat(),
            new CloudEventsBatchFormat()));

    private final Map<String, PayloadFormat> byName;

    private PayloadFormats(List<PayloadFormat> formats) {
        Map<String, PayloadFormat> named = new TreeMap<>();
        formats.forEach(format -> named.put(format.name(), format));
        byName = Collections.unmodifiableMap(named);
    }

    /**
     * The formats there are, with those that a host adds.
     *
     * @param added take the place of a built-in one of the same name
     */
    public static PayloadFormats with(List<PayloadFormat> added) {
        List<PayloadFormat> all = new ArrayList<>(BUILT_IN.byName.values());
        all.addAll(added);
        return new PayloadFormats(all);
    }

    /** The built-in formats. */
    public static PayloadFormats builtIn() {
        return BUILT_IN;
    }

    /**
     * The format of that name.
     *
     * @throws CallbackException {@code CONFIG_INVALID} where there is none; the text names those there are
     */
    public PayloadFormat byName(String name) {
        PayloadFormat format = byName.get(name);
        if (format == null) {
            throw new CallbackException(
                    ErrorCode.CONFIG_INVALID,
                    "no payload format '" + name + "'; there is " + String.join(", ", names()));
        }
        return format;
    }

    /** The names of all formats, sorted. */
    public Set<String> names() {
        return byName.keySet();
    }
}
