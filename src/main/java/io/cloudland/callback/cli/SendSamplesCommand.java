package io.cloudland.callback.cli;

import io.vertx.core.Vertx;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code send-samples}: tells whether a receiver understands the events. */
@Command(
        name = "send-samples",
        description = "Posts the six sample events to a receiver and prints its answers; fails unless all are 2xx.",
        mixinStandardHelpOptions = true)
final class SendSamplesCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "Where to, for example http://127.0.0.1:8080/api/v1/resource-changes")
    private String url;

    SendSamplesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        requireHttp();
        Vertx vertx = Vertx.vertx();
        try {
            boolean allTaken = new SampleSender(vertx, console.out()).send(url).await();
            return allTaken ? Main.OK : Main.FAILED;
        } finally {
            vertx.close().await();
        }
    }

    private void requireHttp() {
        if (!isHttp(url)) {
            throw new ParameterException(spec.commandLine(), "'" + url + "' is not an absolute http or https URL");
        }
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }
}
