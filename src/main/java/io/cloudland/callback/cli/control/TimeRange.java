package io.cloudland.callback.cli.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which time is meant. */
final class TimeRange {

    @Option(
            names = {"-since", "--since"},
            paramLabel = "TIME",
            converter = TimeArgument.class,
            description = "From then on: an RFC 3339 time, or how long ago, for example 2h.")
    private @Nullable Instant since;

    @Option(
            names = {"-until", "--until"},
            paramLabel = "TIME",
            converter = TimeArgument.class,
            description = "Before then, in the same forms.")
    private @Nullable Instant until;

    void addTo(Map<String, String> parameters) {
        ResourceFilter.put(parameters, "since", wire(since));
        ResourceFilter.put(parameters, "until", wire(until));
    }

    private static @Nullable String wire(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
