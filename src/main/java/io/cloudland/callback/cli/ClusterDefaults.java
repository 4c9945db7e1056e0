package io.cloudland.callback.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where Hazelcast's configuration comes from when nobody says: never its own default, which listens on every interface. */
final class ClusterDefaults {

    static final String PROPERTY = "vertx.hazelcast.config";

    /** Vert.x asks the class loader for it, so without a leading slash. */
    static final String IN_THE_JAR = "io/cloudland/callback/cli/cluster.xml";

    private static final Path FILE = Path.of("conf", "cluster.xml");

    private ClusterDefaults() {}

    /** The value to set for {@link #PROPERTY}; empty where the user has set it. */
    static Optional<String> hazelcastConfig(Surroundings around) {
        if (around.systemProperties().containsKey(PROPERTY)) {
            return Optional.empty();
        }
        Path file = around.directory().resolve(FILE);
        return Optional.of(Files.isRegularFile(file) ? file.toString() : "classpath:" + IN_THE_JAR);
    }
}
