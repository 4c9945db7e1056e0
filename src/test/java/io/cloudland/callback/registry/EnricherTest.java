package io.cloudland.callback.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.model.ResourceType;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnricherTest {

    private static final ResourceRef INSTANCE = new ResourceRef(ResourceType.INSTANCE, 127);
    private static final Optional<ResourceState> LAST = Optional.of(new ResourceState(
            INSTANCE, "last-uuid", "last", Optional.of("last-tenant"), Map.of("hostname", "last"), 3));

    private static Optional<ResourceSnapshot> row(String status, String tenant) {
        return Optional.of(new ResourceSnapshot(
                INSTANCE, "row-uuid", Optional.ofNullable(status), Optional.ofNullable(tenant), false, Map.of()));
    }

    private static CommandDefinition definition(Action action) {
        return new CommandDefinition(
                "some_command", ResourceType.INSTANCE, action, MentionExtractor.byId(ResourceType.INSTANCE, 1));
    }

    private static ResourceChange enrich(
            Action action,
            String own,
            boolean carried,
            Optional<ResourceSnapshot> snapshot,
            Optional<ResourceState> last) {
        CommandMessage command =
                carried ? Commands.carrying("some_command '127'") : Commands.command("some_command '127'");
        Mention mention = Mention.of(INSTANCE, Optional.ofNullable(own));
        return Enricher.enrich(definition(action), mention, command, snapshot, last, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "true,  own, row, CREATED, row",
        "true,  own, row, DELETED, own",
        "true,  own, ,    DELETED, own",
        "true,  ,    ,    DELETED, deleted",
        "true,  ,    ,    CREATED, last",
        "false, own, row, CREATED, own",
        "false, own, row, DELETED, own",
        "false, ,    row, DELETED, deleted",
        "false, ,    row, MIGRATED, row",
        "false, ,    ,    DELETED, deleted",
        "false, ,    ,    CREATED, last"
    })
    void the_status_comes_from_the_best_source(
            boolean carried, String own, String row, Action action, String expected) {
        ResourceChange change = enrich(action, own, carried, row(row, null), LAST);
        assertThat(change.status()).isEqualTo(expected);
    }

    @Test
    void a_status_that_nobody_knows_is_unknown() {
        assertThat(enrich(Action.MIGRATED, null, false, row(null, null), Optional.empty())
                        .status())
                .isEqualTo("unknown");
    }

    @Test
    void a_snapshot_wins_whole_except_for_a_tenant_it_does_not_name() {
        ResourceChange change = enrich(Action.CREATED, "running", false, row("row", null), LAST);
        assertThat(change.uuid()).isEqualTo("row-uuid");
        assertThat(change.metadata()).isEmpty();
        assertThat(change.tenantId()).contains("last-tenant");
        assertThat(enrich(Action.CREATED, "running", false, row("row", "row-tenant"), LAST)
                        .tenantId())
                .contains("row-tenant");
    }

    @Test
    void without_a_snapshot_the_last_known_state_stands_in() {
        ResourceChange change = enrich(Action.DELETED, "deleted", false, Optional.empty(), LAST);
        assertThat(change.uuid()).isEqualTo("last-uuid");
        assertThat(change.status()).isEqualTo("deleted");
        assertThat(change.tenantId()).contains("last-tenant");
        assertThat(change.metadata()).isEqualTo(Map.of("hostname", "last"));
        assertThat(enrich(Action.MIGRATED, null, false, Optional.empty(), LAST).status())
                .isEqualTo("last");
    }

    @Test
    void a_resource_that_nobody_knows_is_refused_with_what_to_do() {
        CallbackException refusal = catchThrowableOfType(
                CallbackException.class,
                () -> enrich(Action.CREATED, "running", false, Optional.empty(), Optional.empty()));
        assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_UNKNOWN);
        assertThat(refusal)
                .hasMessageContaining("some_command")
                .hasMessageContaining("instance/127")
                .hasMessageContaining("both to the lookup and as a last known state")
                .hasMessageContaining("`resource`")
                .hasMessageContaining("[callback.lookup]");
    }

    @Test
    void an_interface_that_the_lookup_does_not_know_by_its_mac_address_is_refused_with_the_truth() {
        Mention nic =
                new Mention(new ResourceLocator.InterfaceByMac(127, "52:54:00:12:34:56"), Optional.empty(), false);
        CallbackException refusal = catchThrowableOfType(
                CallbackException.class,
                () -> Enricher.enrich(
                        definition(Action.ATTACHED),
                        nic,
                        Commands.command("some_command '127'"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_UNKNOWN);
        assertThat(refusal)
                .hasMessageContaining("interface 52:54:00:12:34:56 of instance/127 is unknown to the lookup")
                .hasMessageContaining("last known states are found by id only");
    }

    @Test
    void a_snapshot_of_another_resource_is_refused() {
        Mention mention = Mention.of(new ResourceRef(ResourceType.INSTANCE, 128), Optional.empty());
        CallbackException refusal = catchThrowableOfType(
                CallbackException.class,
                () -> Enricher.enrich(
                        definition(Action.CREATED),
                        mention,
                        Commands.command("some_command '128'"),
                        row("row", null),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_SNAPSHOT);
        assertThat(refusal).hasMessageContaining("names instance/128, but the snapshot is of instance/127");
    }

    @Test
    void an_instance_is_no_answer_to_a_question_for_an_interface() {
        Mention nic =
                new Mention(new ResourceLocator.InterfaceByMac(127, "52:54:00:12:34:56"), Optional.empty(), false);
        CallbackException refusal = catchThrowableOfType(
                CallbackException.class,
                () -> Enricher.enrich(
                        definition(Action.ATTACHED),
                        nic,
                        Commands.command("some_command '127'"),
                        row("row", null),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_SNAPSHOT);
    }

    @Test
    void the_last_state_is_asked_only_where_it_can_add_something() {
        Mention own = Mention.of(INSTANCE, Optional.of("running"));
        Mention silent = Mention.of(INSTANCE, Optional.empty());
        CommandMessage command = Commands.command("some_command '127'");
        CommandDefinition created = definition(Action.CREATED);
        assertThat(Enricher.needsLastState(created, own, command, row(null, "t")))
                .isFalse();
        assertThat(Enricher.needsLastState(created, silent, command, row("row", "t")))
                .isFalse();
        assertThat(Enricher.needsLastState(created, silent, command, row(null, "t")))
                .isTrue();
        assertThat(Enricher.needsLastState(created, own, command, row("row", null)))
                .isTrue();
        assertThat(Enricher.needsLastState(created, own, command, Optional.empty()))
                .isTrue();
    }
}
