package io.cloudland.callback.store.postgresql;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a store and its database: passes on, cuts, or falls silent, at the moment of a commit where it is told so. */
public final class TcpProxy implements AutoCloseable {

    /** What becomes of the next commit that comes by. */
    enum Commits {
        PASS,
        /** It reaches the database; its answer is lost, and the connection is cut. */
        CUT_THE_ANSWER,
        /** It reaches the database; its answer is lost, and the connection stays. */
        SWALLOW_THE_ANSWER,
        /** It does not reach the database; the connection is cut on the client's side alone. */
        LOSE
    }

    private final int target;
    private final NetServer server;
    private final NetClient client;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Commits> next = new AtomicReference<>(Commits.PASS);
    private final AtomicInteger hits = new AtomicInteger();
    private volatile boolean silent;

    public TcpProxy(Vertx vertx, int target) {
        this.target = target;
        this.client = vertx.createNetClient();
        this.server =
                Use.await(vertx.createNetServer().connectHandler(this::accept).listen(0, "127.0.0.1"));
    }

    public int port() {
        return server.actualPort();
    }

    /** Of the next commit. */
    void onNextCommit(Commits what) {
        next.set(what);
    }

    /** How many commits were harmed. */
    int hits() {
        return hits.get();
    }

    /** Passes nothing on any more, in connections that are there and in new ones, and closes none. */
    public void fallSilent() {
        silent = true;
    }

    /** Connections that were silent are lost; new ones work. */
    public void speak() {
        silent = false;
        cut();
    }

    /** Cuts all connections. */
    void cut() {
        pairs.forEach(Pair::close);
    }

    private void accept(NetSocket near) {
        near.pause();
        client.connect(target, "127.0.0.1")
                .onSuccess(far -> pairs.add(new Pair(near, far)))
                .onFailure(refused -> near.close());
    }

    @Override
    public void close() {
        Use.await(server.close());
        Use.await(client.close());
    }

    private final class Pair {
        private final NetSocket client;
        private final NetSocket database;
        private boolean deaf;
        private boolean cutsWithTheAnswer;

        Pair(NetSocket client, NetSocket database) {
            this.client = client;
            this.database = database;
            client.handler(this::fromClient).closeHandler(closed -> close());
            database.handler(this::fromDatabase).closeHandler(closed -> close());
            client.resume();
        }

        private void fromClient(Buffer bytes) {
            if (silent) {
                return;
            }
            boolean commit = bytes.toString(StandardCharsets.ISO_8859_1).contains("commit\0");
            Commits what = commit ? next.getAndSet(Commits.PASS) : Commits.PASS;
            if (what != Commits.PASS) {
                hits.incrementAndGet();
                deaf = true;
                cutsWithTheAnswer = what == Commits.CUT_THE_ANSWER;
            }
            if (what == Commits.LOSE) {
                client.close();
                return;
            }
            database.write(bytes);
        }

        private void fromDatabase(Buffer bytes) {
            if (deaf || silent) {
                if (cutsWithTheAnswer) {
                    client.close();
                    database.close();
                }
                return;
            }
            client.write(bytes);
        }

        private void close() {
            pairs.remove(this);
            client.close();
            if (!deaf) {
                database.close();
            }
        }
    }
}
