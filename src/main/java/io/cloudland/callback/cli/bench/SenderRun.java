package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One life of a sender process against the sink, from warm-up to audit. */
final class SenderRun implements AutoCloseable {

    /** Long enough for a retry; who stands still for longer has lost something, and the audit says what. */
    private static final long STALLED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long RELAY_EVERY_MILLIS = 20;

    private final ChildProcess sender;
    private final ChildProcess sink;
    private final BenchClock clock;
    private JsonObject driver = new JsonObject();
    private JsonObject received = new JsonObject();

    SenderRun(ChildProcess sender, ChildProcess sink, BenchClock clock) {
        this.sender = sender;
        this.sink = sink;
        this.clock = clock;
        relay();
    }

    /** Sends so many events as fast as it goes, and waits until the sink has them. */
    void sendAll(long count) {
        begin(count);
        drain();
    }

    /** Starts to send as fast as it goes, without waiting. */
    void begin(long count) {
        ask(new JsonObject().put("op", "closed").put("count", count));
    }

    /** Sends nothing new, and waits until the sink has what was sent. */
    void stop() {
        ask(new JsonObject().put("op", "stop"));
        drain();
    }

    /** Counts and times so many events sent as fast as it goes. */
    Figures measure(long count) {
        sink.ask("mark");
        JsonObject before = sender.ask("usage");
        sendAll(count);
        JsonObject after = sender.ask("usage");
        List<Samples> receipts = windows();
        return new Figures(
                receipts.stream().mapToDouble(Samples::perSecond).sum(),
                Figures.cpuSecondsPer100k(
                        after.getLong("cpu_nanos") - before.getLong("cpu_nanos"),
                        receipts.stream().mapToLong(Samples::size).sum()),
                after.getLong("rss_bytes") / 1e6);
    }

    /** Sends at a steady rate for a while. */
    void sendSteadily(int perSecond, int seconds) {
        sink.ask("mark");
        ask(new JsonObject().put("op", "steady").put("per_second", perSecond).put("count", (long) perSecond * seconds));
        drain();
    }

    /** The nanoseconds from sent to received, sorted, of every event since the last mark, at every endpoint. */
    long[] latencies() {
        Samples sent = Samples.ofJson(sender.ask("sent"));
        return windows().stream()
                .flatMapToLong(receipts -> Arrays.stream(sent.until(receipts)))
                .sorted()
                .toArray();
    }

    /** Deliveries per second that reach the sink during the next seconds, by the sink's clock. */
    double observedRate(int seconds) {
        JsonObject start = sink.ask("totals");
        relayFor(seconds);
        JsonObject end = sink.ask("totals");
        long nanos = end.getLong("nanos") - start.getLong("nanos");
        return (end.getLong("received") - start.getLong("received")) * 1e9 / nanos;
    }

    /** Keeps the sender going for a while. */
    void relayFor(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        relayWhile(() -> System.nanoTime() < end);
    }

    /** How long the sink takes to answer from now on. */
    void delaySink(long millis) {
        sink.ask(new JsonObject().put("op", "delay").put("millis", millis));
    }

    /** From now on the endpoints of which no account is kept do what they are named for. */
    void makeOthersIll() {
        sink.ask("ill");
    }

    /** The account since the start of this process. */
    Audit audit() {
        relay();
        return Audit.of(driver, received);
    }

    /** The mean size of the bodies the sink received. */
    long bodyBytes() {
        return received.getLong("body_bytes");
    }

    /** How long the sink really took to answer since it was told to take its time. */
    double answerMillis() {
        return received.getDouble("answer_ms");
    }

    /** How often the service refused a command because its queue was full. */
    long refused() {
        return driver.getLong("refused");
    }

    /** The receipts since the last mark, for each endpoint that is kept account of. */
    private List<Samples> windows() {
        return sink.ask("window").getJsonArray("windows").stream()
                .map(window -> Samples.ofJson((JsonObject) window))
                .toList();
    }

    private void ask(JsonObject ask) {
        driver = sender.ask(ask.put("clock", clock.name()));
    }

    private void drain() {
        long[] progress = {-1, System.nanoTime()};
        relayWhile(() -> !isDrained() && !isStalled(progress));
    }

    private boolean isDrained() {
        return driver.getBoolean("done") && received.getLong("received") >= driver.getLong("accepted");
    }

    private boolean isStalled(long[] progress) {
        long moved = driver.getLong("accepted") + received.getLong("received");
        if (moved != progress[0]) {
            progress[0] = moved;
            progress[1] = System.nanoTime();
        }
        return System.nanoTime() - progress[1] > STALLED_AFTER_NANOS;
    }

    private void relayWhile(BooleanSupplier condition) {
        try {
            while (condition.getAsBoolean()) {
                TimeUnit.MILLISECONDS.sleep(RELAY_EVERY_MILLIS);
                relay();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the benchmark ran", stopped);
        }
    }

    /** Tells the driver how much has reached the sink, and hears how far it is. */
    private void relay() {
        received = sink.ask("totals");
        ask(new JsonObject().put("op", "reached").put("received", received.getLong("received")));
    }

    @Override
    public void close() {
        sender.close();
    }
}
