package io.cloudland.callback.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The payload formats there are, by name. */
public final class PayloadFormats {

    private static final Map<String, PayloadFormat> BY_NAME = byNames(new ResourceChangeFormat());

    private PayloadFormats() {}

    /**
     * The format of that name.
     *
     * @throws CallbackException {@code CONFIG_INVALID} where there is none; the text names those there are
     */
    public static PayloadFormat byName(String name) {
        PayloadFormat format = BY_NAME.get(name);
        if (format == null) {
            throw new CallbackException(
                    ErrorCode.CONFIG_INVALID,
                    "no payload format '" + name + "'; there is " + String.join(", ", names()));
        }
        return format;
    }

    /** The names of all formats, sorted. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    private static Map<String, PayloadFormat> byNames(PayloadFormat... formats) {
        Map<String, PayloadFormat> byName = new TreeMap<>();
        for (PayloadFormat format : formats) {
            byName.put(format.name(), format);
        }
        return Collections.unmodifiableMap(byName);
    }
}
