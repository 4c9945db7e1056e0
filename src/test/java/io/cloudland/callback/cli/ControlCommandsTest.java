package io.cloudland.callback.cli;

import static io.cloudland.callback.admin.AdminSamples.deadLetter;
import static io.cloudland.callback.admin.AdminSamples.delivery;
import static io.cloudland.callback.admin.AdminSamples.logged;
import static io.cloudland.callback.model.Samples.instance;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.admin.AdminSamples;
import io.cloudland.callback.admin.AdminVerticle;
import io.cloudland.callback.admin.FakeControl;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a running service, as they are typed, against a service of the test's making. */
class ControlCommandsTest {

    private static final ResourceRef VOLUME = new ResourceRef(ResourceType.VOLUME, 7);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final FakeControl control = new FakeControl();
    private final CapturedConsole captured = new CapturedConsole();
    private Path socket;

    @BeforeEach
    void startService() throws Exception {
        socket = directory.resolve("admin.sock");
        vertx.deployVerticle(new AdminVerticle(control, socket)).await(10, SECONDS);
    }

    @AfterEach
    void stopService() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    private int main(String... args) {
        return Main.execute(args, captured.console());
    }

    private int ask(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--socket", socket.toString()));
        return main(all.toArray(String[]::new));
    }

    private List<String> out() {
        return captured.out().lines().toList();
    }

    @Test
    void stats_are_a_line_each() {
        assertThat(ask("stats")).isEqualTo(Main.OK);
        assertThat(captured.out()).containsPattern("(?m)^pending +0$").containsPattern("(?m)^dead +0$");
    }

    @Test
    void commands_are_sent_as_typed_and_each_is_told_what_became_of_it() {
        control.answer = message -> message.getString("command").startsWith("launch")
                ? new JsonObject().put("status", "accepted").put("event_ids", JsonArray.of("evt_1"))
                : new JsonObject().put("status", "refused").put("reason", "CB-1301 QUEUE_FULL: too much waits");
        assertThat(ask("send", "launch_vm '127' 'running'")).isEqualTo(Main.OK);
        assertThat(ask("send", "launch_vm '127' 'running'", "clear_vm '127'")).isEqualTo(Main.FAILED);
        assertThat(out())
                .containsExactly("accepted evt_1", "accepted evt_1", "refused: CB-1301 QUEUE_FULL: too much waits");
        assertThat(control.commands.get(0)).isEqualTo(new JsonObject().put("command", "launch_vm '127' 'running'"));
        assertThat(ask("send")).isEqualTo(Main.USAGE);
    }

    @Test
    void a_file_of_commands_is_sent_in_order_and_what_was_said_of_them_is_left_out() throws Exception {
        Path file = directory.resolve("unaccepted.ndjson");
        String line = "{\"id\":\"proxy-1\",\"control\":\"error=resource\",\"command\":\"clear_vm '7'\"";
        Files.writeString(file, line + ",\"unaccepted\":{\"code\":1301}}\n\n" + line.replace('7', '8') + "}\n");
        assertThat(ask("send", "--file", file.toString())).isEqualTo(Main.OK);
        assertThat(control.commands)
                .containsExactly(new JsonObject(line + "}"), new JsonObject(line.replace('7', '8') + "}"));
        assertThat(out()).containsExactly("2 commands sent, 0 refused");
        Files.writeString(file, line + "}\n" + line);
        assertThat(ask("send", "--file", file.toString())).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("line 2 is no JSON object: nothing was sent");
        assertThat(control.commands).hasSize(2);
    }

    @Test
    void json_is_what_the_service_answers() {
        control.dead.add(deadLetter("evt_1", instance(127), "HTTP 503"));
        assertThat(ask("stats", "--json")).isEqualTo(Main.OK);
        assertThat(new JsonObject(captured.out())).isEqualTo(control.counts());
    }

    @Test
    void deliveries_are_a_table() {
        control.open.add(delivery("evt_1", instance(127), 0));
        control.open.add(delivery("evt_2", VOLUME, 2));
        assertThat(ask("deliveries")).isEqualTo(Main.OK);
        assertThat(out().get(0)).matches("EVENT +RESOURCE +STATUS +ENDPOINT +AGE +TRIES +NEXT");
        assertThat(out().get(1)).matches("evt_1 +instance/127 +running +default +\\d+d\\d\\dh +0 +due");
        assertThat(out().get(2)).matches("evt_2 +volume/7 +running +default +\\d+d\\d\\dh +2 +due");
        assertThat(ask("deliveries", "evt_2", "--state", "waiting_for_retry", "--resource", "volume/7"))
                .isEqualTo(Main.OK);
        assertThat(out()).hasSize(5);
    }

    @Test
    void nothing_to_list_is_said() {
        assertThat(ask("deliveries")).isEqualTo(Main.OK);
        assertThat(ask("dead")).isEqualTo(Main.OK);
        assertThat(ask("attempts")).isEqualTo(Main.OK);
        assertThat(out()).containsExactly("nothing is owed", "no dead letter", "no attempt");
    }

    @Test
    void dead_is_a_table_that_fits_a_terminal() {
        String id = "evt_550e8400-e29b-41d4-a716-446655440000";
        control.dead.add(
                deadLetter(id, instance(127), "no attempts are left; the last one: HTTP 503 " + "x".repeat(99)));
        assertThat(ask("dead")).isEqualTo(Main.OK);
        assertThat(out())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        assertThat(out().get(1)).startsWith(id + "  instance/127").contains("no attempts are left");
    }

    @Test
    void a_list_that_is_cut_says_so() {
        for (int i = 0; i < 21; i++) {
            control.dead.add(deadLetter("evt_" + i, instance(1), "HTTP 503"));
        }
        assertThat(ask("dead")).isEqualTo(Main.OK);
        assertThat(out()).hasSize(22).last().asString().contains("--limit");
        assertThat(ask("dead", "--limit", "21")).isEqualTo(Main.OK);
        assertThat(out().get(out().size() - 1)).startsWith("evt_20");
    }

    @Test
    void dead_takes_the_filters() {
        assertThat(ask(
                        "dead",
                        "--type",
                        "instance",
                        "--endpoint",
                        "default",
                        "--status",
                        "running",
                        "--reason",
                        "HTTP 5",
                        "--since",
                        "2h",
                        "--until",
                        "2026-11-24T09:20:36Z"))
                .isEqualTo(Main.OK);
        assertThat(control.filters)
                .singleElement(InstanceOfAssertFactories.type(DeadLetterFilter.class))
                .satisfies(filter -> {
                    assertThat(filter.type()).contains(ResourceType.INSTANCE);
                    assertThat(filter.endpoint()).contains("default");
                    assertThat(filter.status()).contains("running");
                    assertThat(filter.reason()).contains("HTTP 5");
                    assertThat(filter.diedBefore()).contains(Instant.parse("2026-11-24T09:20:36Z"));
                    assertThat(Duration.between(filter.diedFrom().orElseThrow(), Instant.now()))
                            .isBetween(Duration.ofHours(2), Duration.ofHours(2).plusMinutes(5));
                });
    }

    @Test
    void one_dead_letter_is_shown_whole() {
        control.dead.add(deadLetter("evt_1", instance(127), "no attempts are left"));
        assertThat(ask("dead", "evt_1")).isEqualTo(Main.OK);
        assertThat(captured.out())
                .contains("evt_1", "instance/127", "pending → running", "no attempts are left", AdminSamples.BODY)
                .contains("2025-10-30T10:30:15Z", "HTTP 503: try later");
    }

    @Test
    void an_unknown_event_fails_with_what_may_be() {
        assertThat(ask("dead", "evt_9")).isEqualTo(Main.FAILED);
        assertThat(captured.err()).contains("no dead letter of event evt_9");
        assertThat(ask("dead", "../stats?x=1")).isEqualTo(Main.FAILED);
    }

    @Test
    void attempts_are_a_table_with_what_came_back() {
        control.tried.add(logged("evt_1", instance(127), false));
        control.tried.add(logged("evt_1", instance(127), true));
        assertThat(ask("attempts", "evt_1", "--outcome", "failed")).isEqualTo(Main.OK);
        assertThat(out()).hasSize(2);
        assertThat(out().get(1)).matches("evt_1 +instance/127 +default +\\S+ +1 +12 ms +connection refused by .*");
    }

    @Test
    void replay_of_events_tells_of_each_and_fails_where_one_is_not_dead() {
        control.dead.add(deadLetter("evt_1", instance(127), "HTTP 503"));
        control.dead.add(deadLetter("evt_2", VOLUME, "HTTP 503"));
        assertThat(ask("replay", "evt_1", "evt_2")).isEqualTo(Main.OK);
        assertThat(out()).containsExactly("evt_1: pending again", "evt_2: pending again");
        assertThat(control.dead).isEmpty();
        assertThat(ask("replay", "evt_1")).isEqualTo(Main.FAILED);
        assertThat(out()).last().isEqualTo("evt_1: there is no dead letter of it");
    }

    @Test
    void replay_of_events_as_json_is_one_document() {
        control.dead.add(deadLetter("evt_1", instance(127), "HTTP 503"));
        assertThat(ask("replay", "evt_1", "evt_2", "--json")).isEqualTo(Main.FAILED);
        assertThat(new JsonArray(captured.out()))
                .containsExactly(
                        new JsonObject().put("event_id", "evt_1").put("replayed", 1),
                        new JsonObject().put("event_id", "evt_2").put("replayed", 0));
    }

    @Test
    void replay_takes_filters_or_all() {
        control.dead.add(deadLetter("evt_1", instance(127), "HTTP 503"));
        control.dead.add(deadLetter("evt_2", VOLUME, "HTTP 503"));
        control.dead.add(deadLetter("evt_3", VOLUME, "HTTP 503"));
        assertThat(ask("replay", "--type", "instance")).isEqualTo(Main.OK);
        assertThat(ask("replay", "--all")).isEqualTo(Main.OK);
        assertThat(out()).containsExactly("1 dead letter is pending again", "2 dead letters are pending again");
    }

    @Test
    void a_replay_or_purge_that_names_nothing_is_a_wrong_call() {
        control.dead.add(deadLetter("evt_1", instance(127), "HTTP 503"));
        assertThat(ask("replay")).isEqualTo(Main.USAGE);
        assertThat(captured.err())
                .isEqualToIgnoringNewLines(
                        "say which dead letters: an event id, a filter such as --type or --since, or --all");
        assertThat(ask("dead", "--purge")).isEqualTo(Main.USAGE);
        assertThat(ask("replay", "evt_1", "--all")).isEqualTo(Main.USAGE);
        assertThat(ask("dead", "--all")).isEqualTo(Main.USAGE);
        assertThat(control.dead).hasSize(1);
    }

    @Test
    void purge_deletes_what_the_filter_means() {
        control.dead.add(deadLetter("evt_1", instance(127), "HTTP 503"));
        control.dead.add(deadLetter("evt_2", VOLUME, "HTTP 503"));
        assertThat(ask("dead", "--purge", "--type", "volume")).isEqualTo(Main.OK);
        assertThat(ask("dead", "evt_1", "--purge")).isEqualTo(Main.OK);
        assertThat(ask("dead", "evt_1", "--purge")).isEqualTo(Main.FAILED);
        assertThat(out())
                .containsExactly("1 dead letter is deleted", "1 dead letter is deleted", "0 dead letters are deleted");
    }

    @Test
    void what_the_service_refuses_is_told_and_fails() {
        control.failure = Optional.of(new CallbackException(ErrorCode.QUEUE_FULL, "replay them again later"));
        assertThat(ask("replay", "--all")).isEqualTo(Main.FAILED);
        assertThat(captured.err()).contains("CB-1301 QUEUE_FULL: replay them again later");
    }

    @Test
    void a_wrong_value_is_a_wrong_call_whoever_notices() {
        assertThat(ask("dead", "--type", "instanze")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("'type' must be one of instance, ");
        assertThat(ask("dead", "--since", "yesterday")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("'yesterday' is neither an RFC 3339 time");
        assertThat(ask("dead", "--limit", "many")).isEqualTo(Main.USAGE);
        assertThat(ask("dead", "--limit", "1001")).isEqualTo(Main.USAGE);
    }

    @Test
    void nobody_there_fails_with_what_to_do() {
        Path nowhere = directory.resolve("nowhere.sock");
        assertThat(main("dead", "--socket", nowhere.toString())).isEqualTo(Main.FAILED);
        assertThat(captured.err()).contains("no service listens at " + nowhere, "--socket");
    }

    @Test
    void what_a_killed_service_left_behind_is_nobody_too() throws Exception {
        Path stale = directory.resolve("stale.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(stale))
                .close();
        assertThat(main("stats", "--socket", stale.toString())).isEqualTo(Main.FAILED);
        assertThat(captured.err()).contains("no service listens at " + stale);
    }

    @Test
    void the_socket_is_that_of_the_configuration() throws Exception {
        Path conf = Files.writeString(
                directory.resolve("config.toml"),
                "[callback]\nurl = \"http://127.0.0.1:1/\"\n[callback.store]\ntype = \"rocksdb\"\npath = \"" + directory
                        + "\"\n");
        assertThat(main("stats", "-conf", conf.toString())).isEqualTo(Main.OK);
        assertThat(captured.out()).contains("pending");
    }

    @Test
    void a_configuration_without_a_socket_is_told() throws Exception {
        Path conf = Files.writeString(
                directory.resolve("config.toml"),
                "[callback]\nurl = \"http://127.0.0.1:1/\"\n[callback.store]\ntype = \"memory\"\n");
        assertThat(main("stats", "-conf", conf.toString())).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("has no control socket", "callback.admin.socket", "--socket");
    }

    @Test
    void endpoints_are_a_table_of_where_they_stand() {
        control.endpoints.put("billing", EndpointStatus.active("billing", 0));
        control.endpoints.put("default", AdminSamples.paused("default"));

        assertThat(ask("endpoints")).isEqualTo(Main.OK);
        assertThat(out()).hasSize(3);
        assertThat(out().get(0)).matches("ENDPOINT +STATE +SINCE +UNTIL +FAILURES +PROBES +WHY");
        assertThat(out().get(1)).matches("billing +active +- +- +0 +0 *");
        assertThat(out().get(2)).matches("default +paused +\\S+ +- +2 +0 +paused by hand");
    }

    @Test
    void an_endpoint_is_paused_and_resumed_by_its_name() {
        control.endpoints.put("default", EndpointStatus.active("default", 0));

        assertThat(ask("pause", "default")).isEqualTo(Main.OK);
        assertThat(ask("resume", "default")).isEqualTo(Main.OK);
        assertThat(out()).containsExactly("default: paused, paused by hand", "default: active");
        assertThat(ask("pause", "nobody")).isEqualTo(Main.FAILED);
        assertThat(captured.err()).contains("there is no enabled endpoint nobody; there are [default]");
        assertThat(ask("pause")).isEqualTo(Main.USAGE);
    }
}
