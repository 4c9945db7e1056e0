package io.cloudland.callback.cli.bench;

import java.util.List;

/**
 * What one sender did in one round.
 *
 * @param before latencies of what came before the steady phase, in nanoseconds, sorted: while events were sent as fast as it
 *     goes, or while endpoints fell ill
 * @param steady latencies at the steady rate, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // Only read, by the report.
record Round(Figures figures, long[] before, long[] steady, Audit audit, long bodyBytes, long refused) {

    double steadyP99Millis() {
        return Latency.of(List.of(steady)).p99Millis();
    }
}
