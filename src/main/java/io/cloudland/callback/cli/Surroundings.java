package io.cloudland.callback.cli;

import io.cloudland.callback.config.ConfigLocation;
import java.nio.file.Path;
import java.util.Map;

/** What the process finds around it: environment, system properties, working directory. */
record Surroundings(Map<String, String> environment, Map<String, String> systemProperties, Path directory) {

    static Surroundings ofProcess() {
        return new Surroundings(System.getenv(), ConfigLocation.systemProperties(), Path.of(""));
    }
}
