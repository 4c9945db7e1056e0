package io.cloudland.callback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchedConsoleAppenderTest {

    private final LoggerContext context = new LoggerContext();
    private final Output out = new Output();
    private final BatchedConsoleAppender appender = new BatchedConsoleAppender(out);
    private final Logger logger = context.getLogger("delivery");

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("%level %msg%n");
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void a_line_is_written_without_waiting_for_more() {
        logger.info("虚拟机 {}", 127);

        await().untilAsserted(() -> assertThat(lines()).containsExactly("INFO 虚拟机 127"));
    }

    @Test
    void every_line_is_written_in_order_also_those_queued_at_the_stop() {
        List<String> expected =
                IntStream.range(0, 8_000).mapToObj(i -> "INFO line " + i).toList();

        IntStream.range(0, 8_000).forEach(i -> logger.info("line {}", i));
        appender.stop();

        assertThat(lines()).isEqualTo(expected);
    }

    @Test
    void while_standard_output_is_stuck_nobody_waits_and_the_dropped_lines_are_counted() throws Exception {
        out.stuck.acquire();

        IntStream.range(0, 20_000).forEach(i -> logger.info("line {}", i));
        out.stuck.release();

        await().untilAsserted(() -> assertThat(lines()).anyMatch(line -> line.contains("log lines were dropped")));
        await().untilAsserted(() -> assertThat(
                        lines().stream().filter(line -> line.startsWith("INFO")).count())
                .isGreaterThanOrEqualTo(8_192));
    }

    /** Standard output that a test can hold up. */
    private static final class Output extends ByteArrayOutputStream {
        private final Semaphore stuck = new Semaphore(1);

        @Override
        public void write(byte[] bytes, int offset, int length) {
            stuck.acquireUninterruptibly();
            super.write(bytes, offset, length);
            stuck.release();
        }
    }

    @Test
    void after_the_stop_nothing_is_taken_any_more() {
        appender.stop();

        logger.info("too late");

        assertThat(lines()).isEmpty();
    }
}
