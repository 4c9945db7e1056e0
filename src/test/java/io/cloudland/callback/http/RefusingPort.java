package io.cloudland.callback.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of this machine that refuses every connection while it is open: bound, so that nobody else gets it, and not
 * listened on. The port of a server that has just closed will not do: Vert.x says that it is closed one turn of its event
 * loop before the system stops listening, and who connects in between is reset.
 */
public final class RefusingPort implements AutoCloseable {

    private final Socket holder = new Socket();

    public RefusingPort() {
        try {
            holder.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int number() {
        return holder.getLocalPort();
    }

    @Override
    public void close() {
        try {
            holder.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
