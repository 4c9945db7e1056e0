package io.cloudland.callback.registry;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.ingest.CommandAdmission;
import io.cloudland.callback.ingest.IngestVerticle;
import io.cloudland.callback.lookup.ResourceLookup;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.observe.CommandListener;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real command lines over a real event bus, through both verticles, into a store. */
@ExtendWith(VertxExtension.class)
class IngestToStoreTest {

    private final TinyStore store = new TinyStore();
    private Vertx vertx;

    @BeforeEach
    void deploy(Vertx vertx) throws Exception {
        this.vertx = vertx;
        ResourceLookup knowsAll = (locator, command) -> Future.succeededFuture(Optional.of(
                locator instanceof ResourceLocator.ById byId
                        ? ScriptedLookup.snapshot(
                                locator.type(), byId.resource().id(), "row")
                        : ScriptedLookup.snapshot(ResourceType.INTERFACE, 101, "active")));
        VirtualTimers time = new VirtualTimers();
        RegistryVerticle registry = new RegistryVerticle(
                new RegistryRules(CommandRegistry.builtIn(), event -> List.of(), Optional.empty()),
                knowsAll,
                store,
                100,
                Duration.ofSeconds(10),
                time,
                CommandListener.NONE);
        vertx.deployVerticle(registry).await(5, SECONDS);
        vertx.deployVerticle(new IngestVerticle(
                        new CommandAdmission(registry, () -> true, time, CommandListener.NONE), "commands"))
                .await(5, SECONDS);
    }

    private String outcome(String line) throws Exception {
        try {
            JsonObject reply = vertx.eventBus()
                    .<JsonObject>request("commands", new JsonObject().put("command", line))
                    .map(Message::body)
                    .await(5, SECONDS);
            return reply.getString("status");
        } catch (ReplyException refusal) {
            return "refused " + refusal.failureCode();
        }
    }

    @Test
    void every_real_line_is_answered_and_none_disturbs_the_next() throws Exception {
        int accepted = 0;
        for (String line : realLines()) {
            String outcome = outcome(line);
            assertThat(outcome).as(line).isIn("accepted", "ignored", "refused 1002", "refused 1003");
            assertThat(outcome("action_vm '1' 'running'")).isEqualTo("accepted");
            accepted += outcome.equals("accepted") ? 2 : 1;
        }
        assertThat(store.events()).hasSizeGreaterThan(accepted);
        assertThat(outcome("")).isEqualTo("refused 1002");
        assertThat(outcome("launch_vm.sh ''")).isEqualTo("refused 1003");
        assertThat(outcome("report_rc.sh 'cpu=12/16'")).isEqualTo("ignored");
    }

    private static List<String> realLines() throws IOException {
        try (InputStream file = IngestToStoreTest.class.getResourceAsStream("/cloudland/command-lines.tsv")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> (String) Json.decodeValue(line.substring(0, line.indexOf('\t'))))
                    .toList();
        }
    }
}
