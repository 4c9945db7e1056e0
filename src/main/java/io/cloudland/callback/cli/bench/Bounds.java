package io.cloudland.callback.cli.bench;

/**
 * What holds a driver's closed loop back.
 *
 * @param unanswered how many sends may wait for their answer
 * @param pending how many may be on their way to the sink
 */
record Bounds(int unanswered, int pending) {}
