package io.cloudland.callback.cli;

import io.cloudland.callback.cli.demo.Demo;
import io.cloudland.callback.cli.jvm.WorkDirectory;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: plays a day of CloudLand commands against the service and a receiver. */
@Command(
        name = "demo",
        description = {
            "Plays a day of CloudLand commands in a few seconds, prints each callback as it arrives, and ends with the",
            "account. Fails unless everything arrived, once and in order."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--crash",
            description = "Gives the service a JVM of its own and the store on the disk, kills it with -9 at noon and"
                    + " starts it again.")
    private boolean crash;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Logging.errorsOnly();
        Vertx vertx = Vertx.vertx();
        try {
            return crash ? withCrash(vertx) : codeOf(Demo.inOneJvm(vertx, console.out()::println, Demo.LENGTH));
        } finally {
            vertx.close().await();
        }
    }

    private int withCrash(Vertx vertx) {
        try (WorkDirectory directory = WorkDirectory.create("callback-demo")) {
            int code = codeOf(Demo.withCrash(vertx, console.out()::println, Demo.LENGTH, directory.path()));
            if (code != Main.OK) {
                console.err().println("The store and the service's log stay in " + directory.keep());
            }
            return code;
        }
    }

    private static int codeOf(Demo demo) {
        return demo.run().await() ? Main.OK : Main.FAILED;
    }
}
