package io.cloudland.callback.cli.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which dead letters are meant. */
final class DeadLetterOptions {

    @Mixin
    private ResourceFilter resources = new ResourceFilter();

    @Mixin
    private TimeRange time = new TimeRange();

    @Option(
            names = {"-status", "--status"},
            paramLabel = "STATUS",
            description = "Of events with this status of the resource, for example running.")
    private @Nullable String status;

    @Option(
            names = {"-reason", "--reason"},
            paramLabel = "TEXT",
            description = "Whose reason holds this text, for example 'HTTP 503'.")
    private @Nullable String reason;

    Map<String, String> parameters() {
        Map<String, String> parameters = resources.parameters();
        time.addTo(parameters);
        ResourceFilter.put(parameters, "status", status);
        ResourceFilter.put(parameters, "reason", reason);
        return parameters;
    }
}
