package io.cloudland.callback.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A server that reads the start of one request, answers, and closes its side of the connection alone. */
final class HalfClosingServer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CountDownLatch sawTheEnd = new CountDownLatch(1);

    HalfClosingServer(String answer) throws IOException {
        Thread thread = new Thread(() -> serve(answer), "half-closing-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(String answer) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            byte[] request = new byte[1 << 16];
            if (in.read(request) > 0) {
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                while (in.read(request) >= 0) {
                    // What is still on its way.
                }
            }
        } catch (IOException reset) {
            // An end too.
        } finally {
            sawTheEnd.countDown();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/hook";
    }

    /** Whether the other side has closed as well. */
    boolean sawTheEnd() {
        return sawTheEnd.getCount() == 0;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
