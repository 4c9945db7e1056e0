package io.cloudland.callback.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** What the process finds around it: environment, system properties, working directory. */
record Surroundings(Map<String, String> environment, Map<String, String> systemProperties, Path directory) {

    static Surroundings ofProcess() {
        Map<String, String> properties = System.getProperties().stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, name -> System.getProperty(name, "")));
        return new Surroundings(System.getenv(), properties, Path.of(""));
    }
}
