package io.cloudland.callback;

import io.cloudland.callback.admin.SocketFile;
import io.cloudland.callback.config.TcpIngestConfig;
import io.cloudland.callback.ingest.CommandAdmission;
import io.cloudland.callback.ingest.SocketPlace;
import io.cloudland.callback.ingest.TcpIngestVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** The TCP bridge of one service, as it is configured. */
final class TcpBridge {

    private TcpBridge() {}

    static TcpIngestVerticle of(TcpIngestConfig config, CommandAdmission admission, String address, Vertx vertx) {
        SocketPlace place = config.socket()
                .<SocketPlace>map(path -> new FilePlace(path, vertx))
                .orElseGet(() -> SocketPlace.port(config.host(), config.port()));
        return new TcpIngestVerticle(
                admission,
                address,
                place,
                new TcpIngestVerticle.Limits(config.maxFrameBytes(), config.idleTimeout(), config.maxConnections()));
    }

    /** A Unix domain socket that only the user of the service may open. */
    private static final class FilePlace implements SocketPlace {

        private final SocketFile file;
        private final Vertx vertx;

        FilePlace(Path path, Vertx vertx) {
            this.file = new SocketFile("callback.ingest.tcp.listen", path);
            this.vertx = vertx;
        }

        @Override
        public Future<SocketAddress> stage() {
            return vertx.executeBlocking(
                    () -> SocketAddress.domainSocketAddress(file.stage().toString()));
        }

        @Override
        public Future<Void> publish() {
            return blocking(() -> {
                file.publish();
                return null;
            });
        }

        @Override
        public Future<Void> remove() {
            return blocking(() -> {
                file.discard();
                file.remove();
                return null;
            });
        }

        private Future<Void> blocking(Callable<Void> step) {
            return vertx.executeBlocking(step);
        }
    }
}
