package io.cloudland.callback.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;

/** Where figures come from; without it they mean nothing. */
record Machine(int cores, double memoryGigabytes, String jvm, String system) {

    static Machine here() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize() / 1e9,
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                String.join(" ", system.getName(), system.getVersion(), system.getArch()));
    }

    String text() {
        return "%d cores, %.1f GB memory, %s, %s".formatted(cores, memoryGigabytes, jvm, system);
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("cores", cores)
                .put("memory_gb", memoryGigabytes)
                .put("jvm", jvm)
                .put("os", system);
    }
}
