package io.cloudland.callback.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process has used so far: CPU time, and the memory resident now. */
final class Usage {

    private static final Path STATUS = Path.of("/proc/self/status");

    private Usage() {}

    static JsonObject now() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new JsonObject().put("cpu_nanos", system.getProcessCpuTime()).put("rss_bytes", residentBytes());
    }

    /** 0 where the system does not tell. */
    private static long residentBytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException notLinux) {
            return 0;
        }
    }
}
