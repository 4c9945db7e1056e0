package io.cloudland.callback.cli.bench;

import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** The JVM of the sink. */
final class SinkProcess {

    private SinkProcess() {}

    public static void main(String[] args) {
        ChildPipe pipe = ChildPipe.open();
        LogLevel.WARN.apply();
        Vertx vertx = Vertx.vertx();
        SinkOthers others = new SinkOthers(vertx);
        Sink sink = new Sink(vertx, others);
        pipe.serve(Future.all(sink.listen(), others.listen()).map(SinkProcess::facts), sink::ask);
    }

    private static JsonObject facts(CompositeFuture ports) {
        return new JsonObject().put("port", ports.<Integer>resultAt(0)).put("others_port", ports.<Integer>resultAt(1));
    }
}
