package io.cloudland.callback.cli.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls a back end as CloudLand's daemon does, so many times a second over a few kept connections, and measures each call from
 * when it was due: a call that is late because the one before it was slow counts as slow. Those of the first second are made and not
 * counted, for in it the connections are opened.
 */
final class ProxyCaller {

    static final int CONNECTIONS = 10;

    private static final int UNCOUNTED_SECONDS = 1;

    private final int callsPerSecond;
    private final int instances;

    ProxyCaller(int callsPerSecond, int instances) {
        this.callsPerSecond = callsPerSecond;
        this.instances = instances;
    }

    /**
     * What came of a turn.
     *
     * @param made how many calls, with those that do not count
     * @param latency of those that count
     */
    record Calls(int made, Latency latency) {}

    /** Calls for a second, and then for so many that count. */
    Calls call(int port, int seconds) throws IOException {
        int uncounted = callsOfEach(UNCOUNTED_SECONDS);
        ExecutorService callers = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            long start = System.nanoTime();
            List<Callable<long[]>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int index = i;
                all.add(() -> calls(port, index, start, callsOfEach(UNCOUNTED_SECONDS + seconds)));
            }
            List<long[]> latencies = new ArrayList<>();
            for (Future<long[]> one : callers.invokeAll(all)) {
                latencies.add(one.get());
            }
            return new Calls(
                    latencies.stream().mapToInt(each -> each.length).sum(),
                    Latency.of(latencies.stream()
                            .map(each -> Arrays.copyOfRange(each, uncounted, each.length))
                            .toList()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } catch (ExecutionException failure) {
            throw new IOException("a call failed: " + failure.getCause(), failure);
        } finally {
            callers.shutdownNow();
        }
    }

    private int callsOfEach(int seconds) {
        return callsPerSecond * seconds / CONNECTIONS;
    }

    private long[] calls(int port, int index, long start, int count) throws IOException {
        long[] nanos = new long[count];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            for (int i = 0; i < count; i++) {
                long due = start + ((long) i * CONNECTIONS + index) * 1_000_000_000L / callsPerSecond;
                awaitTime(due);
                socket.getOutputStream().write(request(i * CONNECTIONS + index));
                readAnswer(socket.getInputStream());
                nanos[i] = System.nanoTime() - due;
            }
        }
        return nanos;
    }

    private static void awaitTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private byte[] request(int number) {
        String body = "{\"id\":3,\"extra\":0,\"control\":\"\",\"command\":\"action_vm.sh '" + (1 + number % instances)
                + "' '" + (number / instances % 2 == 0 ? "running" : "shut_off") + "'\"}";
        return ("POST /internal/execute HTTP/1.1\r\nHost: 127.0.0.1:50050\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(ISO_8859_1);
    }

    /** The stand-in answers with a length that it tells, and with no more than one buffer holds. */
    private static void readAnswer(InputStream in) throws IOException {
        byte[] buffer = new byte[4096];
        int length = 0;
        while (true) {
            int read = in.read(buffer, length, buffer.length - length);
            if (read < 0) {
                throw new IOException("the connection ended amid an answer");
            }
            length += read;
            String text = new String(buffer, 0, length, ISO_8859_1);
            if (text.endsWith(ProxyBench.ANSWER)) {
                if (!text.startsWith("HTTP/1.1 200")) {
                    throw new IOException("not answered with 200: " + text);
                }
                return;
            }
        }
    }
}
