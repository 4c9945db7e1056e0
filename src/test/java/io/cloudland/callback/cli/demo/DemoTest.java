package io.cloudland.callback.cli.demo;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole way, from command lines to an account without loss. */
@ExtendWith(VertxExtension.class)
class DemoTest {

    @Test
    void the_day_arrives_whole_once_and_in_order(Vertx vertx) throws Exception {
        List<String> printed = new CopyOnWriteArrayList<>();
        boolean good =
                new Demo(vertx, printed::add, Duration.ofMillis(500)).run().await(40, SECONDS);
        assertThat(good).as(String.join("\n", printed)).isTrue();
        assertThat(printed)
                .anyMatch(line -> line.contains("REJECTED: fault status=503"))
                .anyMatch(line -> line.contains("instance/127") && line.contains("pending → running"))
                .anyMatch(line -> line.contains("running → deleted"))
                .contains("All as it should be.");
    }
}
