package io.cloudland.callback.cli.control;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which resources and endpoints are meant. The service checks their values: it knows what there is. */
final class ResourceFilter {

    @Option(
            names = {"-type", "--type"},
            paramLabel = "TYPE",
            description = "Of resources of this type: instance, volume, image, interface, ...")
    private @Nullable String type;

    @Option(
            names = {"-resource", "--resource"},
            paramLabel = "TYPE/ID",
            description = "Of one resource, for example instance/127.")
    private @Nullable String resource;

    @Option(
            names = {"-endpoint", "--endpoint"},
            paramLabel = "NAME",
            description = "To this endpoint.")
    private @Nullable String endpoint;

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "type", type);
        put(parameters, "resource", resource);
        put(parameters, "endpoint", endpoint);
        return parameters;
    }

    static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }
}
