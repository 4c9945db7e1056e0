package io.cloudland.callback.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where Hazelcast's configuration comes from when nobody says: never its own default, which listens on every interface. */
final class ClusterDefaults {

    static final String PROPERTY = "vertx.hazelcast.config";

    /** What {@code conf/cluster-members.xml} asks for: the address of this node. */
    static final String HOST = "cluster.host";

    /** What {@code conf/cluster-members.xml} asks for: the addresses of all nodes, parted by commas. */
    static final String MEMBERS = "cluster.members";

    /** Vert.x asks the class loader for it, so without a leading slash. */
    static final String IN_THE_JAR = "io/cloudland/callback/cli/";

    private static final String LOOPBACK_FILE = "cluster.xml";
    private static final String MEMBERS_FILE = "cluster-members.xml";
    private static final Path CONF = Path.of("conf");

    private ClusterDefaults() {}

    /**
     * The system properties to set; none that the user has set.
     *
     * @param members the addresses of all nodes; on this machine alone where they are not named
     */
    static Map<String, String> properties(Surroundings around, String host, Optional<String> members) {
        Map<String, String> properties = new HashMap<>();
        properties.put(PROPERTY, hazelcastConfig(around, members.isPresent() ? MEMBERS_FILE : LOOPBACK_FILE));
        properties.put(HOST, host);
        properties.put(MEMBERS, members.orElse(host));
        properties.keySet().removeAll(around.systemProperties().keySet());
        return properties;
    }

    private static String hazelcastConfig(Surroundings around, String name) {
        Path file = around.directory().resolve(CONF).resolve(name);
        return Files.isRegularFile(file) ? file.toString() : "classpath:" + IN_THE_JAR + name;
    }
}
