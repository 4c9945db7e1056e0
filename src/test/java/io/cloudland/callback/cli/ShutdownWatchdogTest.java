package io.cloudland.callback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ShutdownWatchdogTest {

    private final CapturedConsole captured = new CapturedConsole();
    private final AtomicBoolean halted = new AtomicBoolean();

    @Test
    void a_stop_that_takes_too_long_is_ended_with_a_word() {
        new ShutdownWatchdog(Duration.ofMillis(20), captured.console().err(), () -> halted.set(true)).watch();
        await().untilTrue(halted);
        assertThat(captured.err()).contains("took longer than");
    }

    @Test
    void a_stop_within_the_limit_hears_nothing() {
        new ShutdownWatchdog(Duration.ofHours(1), captured.console().err(), () -> halted.set(true)).watch();
        assertThat(halted).isFalse();
        assertThat(captured.err()).isEmpty();
    }
}
