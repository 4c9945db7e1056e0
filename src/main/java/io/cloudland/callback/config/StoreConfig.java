package io.cloudland.callback.config;

/**
 * {@code [callback.store]}.
 *
 * @param type which store; {@code memory} is the one there is
 * @param maxDeadLetters how many dead letters the memory store keeps before the oldest are let go
 */
public record StoreConfig(String type, int maxDeadLetters) {}
