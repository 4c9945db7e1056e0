package io.cloudland.callback.http;

import java.time.Duration;

/** What an endpoint answered to the question whether it wants to be sent events. */
public sealed interface HandshakeAnswer {

    /**
     * It agreed.
     *
     * @param perMinute how many requests a minute it allows; 0 for any number
     */
    record Granted(long perMinute) implements HandshakeAnswer {}

    /**
     * It did not agree, or could not be asked.
     *
     * @param patience how long it asked to be left alone; zero where it did not
     */
    record Refused(String reason, Duration patience) implements HandshakeAnswer {}
}
