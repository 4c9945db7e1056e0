package io.cloudland.callback.cli.bench;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** The JVM of the sink. */
final class SinkProcess {

    private SinkProcess() {}

    public static void main(String[] args) {
        ChildPipe pipe = ChildPipe.open();
        LogLevel.WARN.apply();
        Sink sink = new Sink(Vertx.vertx());
        pipe.serve(sink.listen().map(port -> new JsonObject().put("port", port)), sink::ask);
    }
}
