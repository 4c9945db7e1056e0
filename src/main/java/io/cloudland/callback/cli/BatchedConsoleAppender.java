package io.cloudland.callback.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes log lines to standard output off the event loops, as many in one write as came within five milliseconds.
 *
 * <p>A line per delivery is promised, at any rate; with a system call and a wake-up for each, that line would cost more
 * than half of what the delivery costs. Whoever logs never waits: while standard output is stuck and the queue is full,
 * lines are dropped and counted, and the count is written once it moves again.
 */
public final class BatchedConsoleAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private static final int QUEUE_SIZE = 8192;
    private static final long GATHER_NANOS = 5_000_000;

    private final BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(QUEUE_SIZE);
    private final AtomicLong dropped = new AtomicLong();
    private final OutputStream out;
    private @Nullable Encoder<ILoggingEvent> encoder;
    private @Nullable Thread writer;

    /** To standard output; made by logback. */
    public BatchedConsoleAppender() {
        this(ConsoleTarget.SystemOut.getStream());
    }

    BatchedConsoleAppender(OutputStream out) {
        this.out = out;
    }

    /** What makes a line of an event; set by logback. */
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    @Override
    public void start() {
        Encoder<ILoggingEvent> lines = encoder;
        if (lines == null) {
            addError("the appender " + getName() + " has no encoder");
            return;
        }
        Thread thread = new Thread(() -> writeAll(lines), "log-writer");
        thread.setDaemon(true);
        thread.start();
        writer = thread;
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        if (!queue.offer(event)) {
            dropped.incrementAndGet();
        }
    }

    private void writeAll(Encoder<ILoggingEvent> lines) {
        List<ILoggingEvent> batch = new ArrayList<>(QUEUE_SIZE);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException stopping) {
                break;
            }
            LockSupport.parkNanos(GATHER_NANOS);
            queue.drainTo(batch);
            write(batch, lines);
            batch.clear();
        }
        queue.drainTo(batch);
        write(batch, lines);
    }

    private void write(List<ILoggingEvent> batch, Encoder<ILoggingEvent> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(batch.size() * 256);
        try {
            for (ILoggingEvent event : batch) {
                encode(event, lines, bytes);
            }
            tellDropped(bytes);
            bytes.writeTo(out);
            out.flush();
        } catch (IOException e) {
            addError("log lines could not be written to standard output", e);
        }
    }

    private void encode(ILoggingEvent event, Encoder<ILoggingEvent> lines, ByteArrayOutputStream bytes)
            throws IOException {
        try {
            bytes.write(lines.encode(event));
        } catch (RuntimeException e) {
            addError("a log line could not be formatted and is left out", e);
        }
    }

    private void tellDropped(ByteArrayOutputStream bytes) throws IOException {
        long count = dropped.getAndSet(0);
        if (count > 0) {
            bytes.write(
                    (count + " log lines were dropped: standard output was stuck\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Writes what is queued, then ends. */
    @Override
    public void stop() {
        super.stop();
        Thread thread = writer;
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
