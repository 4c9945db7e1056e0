package io.cloudland.callback.cli.bench;

/**
 * What one sender did in one round.
 *
 * @param saturated latencies while events were sent as fast as it goes, in nanoseconds, sorted
 * @param steady latencies at the steady rate, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // Only read, by the report.
record Round(Figures figures, long[] saturated, long[] steady, Audit audit, long bodyBytes, long refused) {}
