package io.cloudland.callback.cli.demo;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, from command lines to an account without loss. */
@ExtendWith(VertxExtension.class)
class DemoTest {

    @Test
    void the_day_arrives_whole_once_and_in_order(Vertx vertx) throws Exception {
        List<String> printed = new CopyOnWriteArrayList<>();
        boolean good =
                Demo.inOneJvm(vertx, printed::add, Duration.ofMillis(500)).run().await(40, SECONDS);
        assertThat(good).as(String.join("\n", printed)).isTrue();
        assertThat(printed)
                .anyMatch(line -> line.contains("REJECTED: fault status=503"))
                .anyMatch(line -> line.contains("instance/127") && line.contains("pending → running"))
                .anyMatch(line -> line.contains("running → deleted"))
                .contains("All as it should be.");
    }

    @Test
    void the_day_arrives_whole_and_in_order_though_the_service_is_killed_at_noon(Vertx vertx, @TempDir Path directory)
            throws Exception {
        List<String> printed = new CopyOnWriteArrayList<>();
        boolean good = Demo.withCrash(vertx, printed::add, Duration.ofSeconds(2), directory)
                .run()
                .await(60, SECONDS);
        assertThat(good).as(String.join("\n", printed)).isTrue();
        assertThat(printed)
                .anyMatch(line -> line.matches("--- 12:00 of the day. kill -9 \\d+: .* [1-9]\\d* waiting\\."))
                .anyMatch(line -> line.matches("--- 12:00 of the day. The service is back .* owes [1-9].*"))
                .contains("All as it should be. Killed with -9 in the middle of the day: lost 0, out of order 0.");
    }
}
