package io.cloudland.callback.cli;

import io.cloudland.callback.cli.demo.Demo;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code demo}: plays a day of CloudLand commands against the service and a receiver, all in this JVM. */
@Command(
        name = "demo",
        description = {
            "Plays a day of CloudLand commands in a few seconds, prints each callback as it arrives, and ends with the",
            "account. Fails unless everything arrived, once and in order."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private final Console console;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Logging.errorsOnly();
        Vertx vertx = Vertx.vertx();
        try {
            boolean good =
                    new Demo(vertx, console.out()::println, Demo.LENGTH).run().await();
            return good ? Main.OK : Main.FAILED;
        } finally {
            vertx.close().await();
        }
    }
}
