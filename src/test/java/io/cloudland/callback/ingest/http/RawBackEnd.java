package io.cloudland.callback.ingest.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A back end that is told what to do with each connection, and keeps the bytes that came on it. */
final class RawBackEnd implements AutoCloseable {

    /** What is done with one connection. */
    @FunctionalInterface
    interface Script {
        void play(Connection connection) throws IOException;
    }

    /** One connection from the proxy. */
    static final class Connection {
        private final Socket socket;
        private final ByteArrayOutputStream got = new ByteArrayOutputStream();

        Connection(Socket socket) {
            this.socket = socket;
        }

        /** Reads so many bytes more, or to the end. */
        byte[] read(long count) throws IOException {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[64 * 1024];
            long left = count;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    break;
                }
                synchronized (got) {
                    got.write(buffer, 0, read);
                }
                left -= read;
            }
            return bytes();
        }

        void write(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        void end() throws IOException {
            socket.close();
        }

        byte[] bytes() {
            synchronized (got) {
                return got.toByteArray();
            }
        }
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Connection> connections = Collections.synchronizedList(new ArrayList<>());
    private volatile Script script;

    RawBackEnd(Script script) throws IOException {
        this.script = script;
        Thread accepting = new Thread(this::accept, "raw-back-end");
        accepting.setDaemon(true);
        accepting.start();
    }

    private void accept() {
        try {
            while (true) {
                Connection connection = new Connection(server.accept());
                connections.add(connection);
                Thread playing = new Thread(() -> play(connection), "raw-back-end-connection");
                playing.setDaemon(true);
                playing.start();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void play(Connection connection) {
        try {
            script.play(connection);
        } catch (IOException broken) {
            // The test closed it, or looks at what came.
        }
    }

    void script(Script next) {
        script = next;
    }

    int port() {
        return server.getLocalPort();
    }

    Connection connection(int index) {
        return connections.get(index);
    }

    int count() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (connections) {
            for (Connection connection : connections) {
                connection.socket.close();
            }
        }
    }
}
