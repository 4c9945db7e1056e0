package io.cloudland.callback.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Where figures come from; without it they mean nothing. */
public record Machine(int cores, double memoryGigabytes, String jvm, String system) {

    /** This machine. */
    public static Machine here() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize() / 1e9,
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                String.join(" ", system.getName(), system.getVersion(), system.getArch()));
    }

    /** In one line. */
    public String text() {
        return String.format(Locale.ROOT, "%d cores, %.1f GB memory, %s, %s", cores, memoryGigabytes, jvm, system);
    }

    /** As it stands among figures. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("cores", cores)
                .put("memory_gb", memoryGigabytes)
                .put("jvm", jvm)
                .put("os", system);
    }
}
