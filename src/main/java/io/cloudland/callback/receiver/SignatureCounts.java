package io.cloudland.callback.receiver;

/**
 * How many callbacks were checked for their signature, and how that ended; both stay 0 where none are checked.
 *
 * @param invalid answered 401
 */
public record SignatureCounts(long valid, long invalid) {}
