package io.cloudland.callback.model;

/**
 * How an endpoint is asked whether it wants to be sent events, before it is sent any.
 *
 * @param origin who asks: a DNS name that stands for this platform
 * @param perMinute how many requests a minute are asked for; 0 where no number is named
 */
public record HandshakeSettings(String origin, long perMinute) {}
