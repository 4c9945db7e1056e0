package io.cloudland.callback.cli.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** The JVM of the bare loop. */
final class BareLoopProcess {

    private BareLoopProcess() {}

    public static void main(String[] args) {
        ChildPipe pipe = ChildPipe.open();
        SenderSettings settings = SenderSettings.ofJson(new JsonObject(args[0]));
        LogLevel.WARN.apply();
        Vertx vertx = Vertx.vertx();
        BareLoop loop = new BareLoop(vertx, settings);
        Bounds bounds = new Bounds(settings.inFlight(), Integer.MAX_VALUE);
        Driver driver = new Driver(vertx, bounds, loop::post, cause -> false);
        pipe.serve(Future.succeededFuture(new JsonObject()), driver::ask);
    }
}
