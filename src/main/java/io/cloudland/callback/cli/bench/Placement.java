package io.cloudland.callback.cli.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * On which core each process runs.
 *
 * @param sink the words before the sink's {@code java}
 * @param sender the words before the {@code java} of the service and of the bare loop alike
 * @param text as it stands in the report
 */
record Placement(List<String> sink, List<String> sender, String text) {

    /** Wherever the system puts them, or, where that is wanted and {@code taskset} can do it, one core each. */
    static Placement of(boolean pin) {
        if (!pin) {
            return new Placement(List.of(), List.of(), "placed by the system, service and bare loop alike");
        }
        List<String> core0 = List.of("taskset", "-c", "0");
        List<String> core1 = List.of("taskset", "-c", "1");
        if (works(core0) && works(core1)) {
            return new Placement(core1, core0, "sink on core 1; sender, service and bare loop alike, on core 0");
        }
        return new Placement(List.of(), List.of(), "not pinned: no taskset here, or no cores 0 and 1");
    }

    private static boolean works(List<String> pin) {
        try {
            Process trial = new ProcessBuilder(pin.get(0), pin.get(1), pin.get(2), "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor(5, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
