package io.cloudland.callback.cli.crash;

/**
 * What became of the commands on their way in: sent = acknowledged + refused + unknown.
 *
 * @param refused commands of which the service said that it kept nothing
 * @param unknown commands whose answer was lost with the process, or that failed without saying whether they were kept
 */
record CommandCounts(long sent, long acknowledged, long refused, long unknown) {}
