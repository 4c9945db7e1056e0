package io.cloudland.callback.cli.bench;

/**
 * When the events of a steady stream are due: in whole milliseconds, as the timer that sends them ticks.
 *
 * @param startNanos when the first one is due
 */
record Pace(long startNanos, int perSecond) {

    /** When the event with that index, from 0, is due. */
    long dueNanos(long index) {
        return startNanos + index * 1000 / perSecond * 1_000_000;
    }
}
