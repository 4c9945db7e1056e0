package io.cloudland.callback.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A Hazelcast configuration for one test: its own cluster name, loopback only, nothing announced. */
final class ClusterFile {

    private static final String XML = """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <cluster-name>%s</cluster-name>
              <properties>
                <property name="hazelcast.phone.home.enabled">false</property>
                <property name="hazelcast.socket.bind.any">false</property>
                <property name="hazelcast.logging.type">slf4j</property>
                <property name="hazelcast.shutdownhook.enabled">false</property>
              </properties>
              <network>
                <port auto-increment="true" port-count="50">%d</port>
                <join>
                  <auto-detection enabled="false"/>
                  <multicast enabled="false"/>
                  <tcp-ip enabled="true"><member>127.0.0.1</member></tcp-ip>
                </join>
                <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
              </network>
              <multimap name="__vertx.subs"><backup-count>1</backup-count><value-collection-type>SET</value-collection-type></multimap>
              <map name="__vertx.haInfo"><backup-count>1</backup-count></map>
              <map name="__vertx.nodeInfo"><backup-count>1</backup-count></map>
            </hazelcast>
            """;

    private ClusterFile() {}

    static Path write(Path directory) throws IOException {
        return Files.writeString(
                directory.resolve("cluster.xml"), XML.formatted("callback-test-" + UUID.randomUUID(), 5711));
    }
}
