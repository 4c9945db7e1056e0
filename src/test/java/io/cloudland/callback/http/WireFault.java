package io.cloudland.callback.http;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.Failed;
import io.cloudland.callback.model.AttemptOutcome.TimedOut;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;

/**
 * Something that a receiver does wrong on the wire once it has a request, and what the attempt must come to.
 *
 * @param options of the server that does it
 * @param answer what it does; runs {@code done} when it has done it all
 * @param expected whether this is the right outcome
 * @param hangs whether nothing but the deadline ends the attempt
 */
record WireFault(
        String name, NetServerOptions options, Play answer, Predicate<AttemptOutcome> expected, boolean hangs) {

    static final List<WireFault> ALL = all();

    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final int FLOOD_BYTES = 64 << 20;
    private static final int DRIPS = 8;

    /** What the server does. */
    interface Play {
        void to(NetSocket socket, Runnable done);
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<WireFault> all() {
        List<WireFault> faults = new ArrayList<>();
        addBroken(faults);
        addMalformed(faults);
        addOdd(faults);
        addHanging(faults);
        return List.copyOf(faults);
    }

    private static void addBroken(List<WireFault> faults) {
        Failed before = new Failed("closed by the endpoint before it answered");
        Failed within = new Failed("closed by the endpoint in the middle of its answer");
        faults.add(ending("closed without a word", ends(""), before));
        faults.add(ending("closed within the head", ends(HEAD + "X-Fill"), within));
        faults.add(ending("length too long, then closed", ends(HEAD + "Content-Length: 10\r\n\r\nshort"), within));
        faults.add(ending("chunks without end", ends(HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"), within));
        faults.add(resetting("reset before the answer", ""));
        faults.add(resetting("reset within the answer", HEAD + "Content-Length: 10\r\n\r\nshort"));
    }

    private static void addMalformed(List<WireFault> faults) {
        faults.add(malformed("another protocol", "SSH-2.0-OpenSSH_9.2\r\n\r\n"));
        faults.add(malformed("noise", "\u0000\u0001\u0002\u0003 noise\r\n\r\n"));
        faults.add(malformed("a status that is no number", "HTTP/1.1 abc OK\r\n\r\n"));
        faults.add(malformed("a length that is no number", HEAD + "Content-Length: many\r\n\r\n"));
        faults.add(malformed("a bad chunk", HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n"));
        faults.add(malformed("an endless status line", "HTTP/1.1 200 " + "O".repeat(10_000)));
        faults.add(malformed("headers too long", HEAD + "X-Filler: 0123456789012345678901234\r\n".repeat(400)));
        faults.add(malformed("switched protocols", "HTTP/1.1 101 Switching Protocols\r\n\r\n"));
        faults.add(malformed("many interim answers", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(65)));
    }

    private static void addOdd(List<WireFault> faults) {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            String redirect = "HTTP/1.1 " + status + " Over there\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n";
            faults.add(ending("redirect " + status, writes(redirect), new Answered(status, "")));
        }
        Answered ok = new Answered(200, "ok");
        faults.add(ending("100-continue first", writes("HTTP/1.1 100 Continue\r\n\r\n" + RawServer.OK), ok));
        faults.add(ending(
                "several interim answers first",
                writes("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(20) + RawServer.OK),
                ok));
        faults.add(ending(
                "length too short, a smuggled answer behind",
                writes(HEAD + "Content-Length: 2\r\n\r\nokHTTP/1.1 500 Smuggled\r\nContent-Length: 0\r\n\r\n"),
                ok));
        faults.add(ending("length too short, noise behind", writes(RawServer.OK + "and more\r\n\r\n"), ok));
        faults.add(ending("an end by closing", ends("HTTP/1.0 200 OK\r\n\r\nok"), ok));
        faults.add(ending("an endless body", WireFault::flood, new Answered(200, "x".repeat(256))));
        faults.add(ending("a gzip bomb", bomb(), new Answered(200, "")));
    }

    private static void addHanging(List<WireFault> faults) {
        faults.add(hanging("no answer", (socket, done) -> done.run()));
        faults.add(hanging("half a status line", writes("HTTP/1.1 2")));
        faults.add(hanging("a slow status line", drips("", "H", "T", "T", "P", "/", "1", ".", "1")));
        faults.add(hanging("slow headers", drips(HEAD, repeated("X-Filler: 1\r\n"))));
        faults.add(hanging("a dripping header", drips(HEAD + "X-Filler: ", repeated("x"))));
        faults.add(hanging("a dripping body", drips(HEAD + "Content-Length: 100000\r\n\r\n", repeated("x"))));
        faults.add(
                hanging("dripping chunks", drips(HEAD + "Transfer-Encoding: chunked\r\n\r\n", repeated("1\r\nx\r\n"))));
        faults.add(hanging(
                "dripping trailers",
                drips(HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n", repeated("X-Filler: 1\r\n"))));
        faults.add(hanging("100-continue and no more", writes("HTTP/1.1 100 Continue\r\n\r\n")));
        faults.add(hanging("dripping interim answers", drips("", repeated("HTTP/1.1 103 Early Hints\r\n\r\n"))));
        faults.add(hanging("length too long, left open", writes(HEAD + "Content-Length: 10\r\n\r\nshort")));
    }

    private static WireFault ending(String name, Play play, AttemptOutcome expected) {
        return new WireFault(name, new NetServerOptions(), play, expected::equals, false);
    }

    private static WireFault malformed(String name, String text) {
        Predicate<AttemptOutcome> told =
                outcome -> outcome instanceof Failed failed && failed.reason().startsWith("malformed answer: ");
        return new WireFault(name, new NetServerOptions(), writes(text), told, false);
    }

    /** Closing with a linger of zero sends a reset. */
    private static WireFault resetting(String name, String text) {
        NetServerOptions options = new NetServerOptions().setSoLinger(0);
        return new WireFault(name, options, ends(text), new Failed("connection reset")::equals, false);
    }

    /** One that the HTTP library of one Vert.x passes over until something comes, and that of another refuses at once. */
    static WireFault controlCharacters() {
        Predicate<AttemptOutcome> told = outcome -> outcome.equals(new TimedOut(Deliveries.LONG_ENOUGH))
                || (outcome instanceof Failed failed && failed.reason().startsWith("malformed answer: "));
        return new WireFault(
                "nothing but control characters",
                new NetServerOptions(),
                writes("\u0000\u0001\u0002\u0003\r\n\r\n"),
                told,
                false);
    }

    private static WireFault hanging(String name, Play play) {
        return new WireFault(name, new NetServerOptions(), play, new TimedOut(Deliveries.LONG_ENOUGH)::equals, true);
    }

    private static Play writes(String text) {
        return (socket, done) -> socket.write(Buffer.buffer(text)).onSuccess(written -> done.run());
    }

    private static Play ends(String text) {
        return (socket, done) -> {
            done.run();
            socket.write(Buffer.buffer(text)).onComplete(written -> socket.close());
        };
    }

    private static String[] repeated(String piece) {
        String[] pieces = new String[DRIPS];
        java.util.Arrays.fill(pieces, piece);
        return pieces;
    }

    /** Writes the head, then a piece whenever the one before is out, each in a packet of its own. */
    private static Play drips(String head, String... pieces) {
        return (socket, done) ->
                socket.write(Buffer.buffer(head)).onSuccess(written -> drip(socket, List.of(pieces), done));
    }

    private static void drip(NetSocket socket, List<String> pieces, Runnable done) {
        if (pieces.isEmpty()) {
            done.run();
            return;
        }
        socket.write(pieces.get(0)).onSuccess(written -> drip(socket, pieces.subList(1, pieces.size()), done));
    }

    private static void flood(NetSocket socket, Runnable done) {
        done.run();
        socket.write(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
        flood(socket, Buffer.buffer("4000\r\n" + "x".repeat(0x4000) + "\r\n"), FLOOD_BYTES);
    }

    private static void flood(NetSocket socket, Buffer chunk, int left) {
        if (left > 0) {
            socket.write(chunk).onSuccess(taken -> flood(socket, chunk, left - chunk.length()));
        }
    }

    private static Play bomb() {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[100 << 20]);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Buffer body = Buffer.buffer(bomb.toByteArray());
        String head = HEAD + "Content-Encoding: gzip\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (socket, done) -> {
            done.run();
            socket.write(head).onSuccess(written -> socket.write(body));
        };
    }
}
