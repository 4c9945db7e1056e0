package io.cloudland.callback;

import io.cloudland.callback.config.CallbackConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Names the parts of a changed configuration that only a restart takes over. Pure. */
final class RestartNeeded {

    private static final Map<String, Function<CallbackConfig, Object>> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("prefix", CallbackConfig::prefix);
        PARTS.put("queue_size", CallbackConfig::queueSize);
        PARTS.put("shutdown_timeout", CallbackConfig::shutdownTimeout);
        PARTS.put("[callback.store]", CallbackConfig::store);
        PARTS.put("[callback.lookup]", CallbackConfig::lookup);
        PARTS.put("[callback.ingest]", config -> config.ingest().withoutTokens());
        PARTS.put("[callback.admin]", CallbackConfig::admin);
    }

    private RestartNeeded() {}

    static List<String> of(CallbackConfig running, CallbackConfig changed) {
        return PARTS.entrySet().stream()
                .filter(part ->
                        !part.getValue().apply(running).equals(part.getValue().apply(changed)))
                .map(Map.Entry::getKey)
                .toList();
    }
}
