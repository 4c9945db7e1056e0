package io.cloudland.callback.lookup;

import static io.cloudland.callback.lookup.Outcomes.failureOf;
import static io.cloudland.callback.lookup.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.config.LookupConfig;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.observe.LogOf;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(TestPostgres.CLIENT_FITS_VERTX)
class PostgresLookupTest extends ResourceLookupContract {

    private TestPostgres database;
    private ResourceLookup lookup;

    @BeforeAll
    void startDatabase(@TempDir Path data) throws Exception {
        database = new TestPostgres(data);
        lookup = open(database.config());
    }

    @AfterAll
    void stopDatabase() throws Exception {
        resultOf(lookup.close());
        database.close();
    }

    @Override
    protected ResourceLookup lookup() {
        return lookup;
    }

    private ResourceLookup open(LookupConfig.PostgreSql config) {
        return new PostgresLookup(vertx, new CloudLandDatabase(config));
    }

    @Test
    void an_instance_that_waits_for_a_hypervisor_is_found() {
        ResourceSnapshot found = found(Samples.instance(127));
        assertThat(found.status()).contains("pending");
        assertThat(found.metadata()).containsEntry("hyper_id", -1).containsEntry("hostname", "test-vm-127");
    }

    @Test
    void a_soft_deleted_row_is_found_and_says_so() {
        ResourceSnapshot found = found(Samples.instance(130));
        assertThat(found.deleted()).isTrue();
        assertThat(found.status()).contains("deleted");
        assertThat(found.tenantId()).contains(Samples.ADMIN);
        assertThat(found.metadata()).containsEntry("hostname", "gone-vm-1761820200");
    }

    @Test
    void a_volume_that_is_not_attached_has_instance_0_and_its_empty_target() {
        ResourceSnapshot found = found(Samples.byId(ResourceType.VOLUME, 8));
        assertThat(found.metadata()).containsEntry("instance_id", 0L).containsEntry("target", "");
    }

    @Test
    void an_interface_without_a_hypervisor_is_unattached() {
        assertThat(found(Samples.byId(ResourceType.INTERFACE, 102)).status()).contains("unattached");
    }

    @Test
    void a_mac_address_is_found_in_any_spelling_on_its_instance_only() throws Exception {
        database.execute("insert into interfaces (id, uuid, mac_addr, instance, hyper) values"
                + " (200, 'mac-200', '52:54:00:aB:Cd:eF', 124, 5)");
        assertThat(found(byMac(124, "52:54:00:AB:cD:Ef")).uuid()).isEqualTo("mac-200");
        assertThat(resultOf(ask(lookup, byMac(123, "52:54:00:AB:CD:EF")))).isEmpty();
    }

    @Test
    void of_rows_with_one_mac_address_the_newest_that_lives_counts() throws Exception {
        database.execute("insert into interfaces (id, uuid, mac_addr, instance, deleted_at) values"
                + " (210, 'mac-210', '52:54:00:00:00:01', 125, null), (211, 'mac-211', '52:54:00:00:00:01', 125, null),"
                + " (212, 'mac-212', '52:54:00:00:00:01', 125, now())");
        assertThat(found(byMac(125, "52:54:00:00:00:01")).uuid()).isEqualTo("mac-211");
    }

    @Test
    void of_deleted_rows_with_one_mac_address_the_last_deleted_counts() throws Exception {
        database.execute("insert into interfaces (id, uuid, mac_addr, instance, deleted_at) values"
                + " (220, 'mac-220', '52:54:00:00:00:02', 126, now()),"
                + " (221, 'mac-221', '52:54:00:00:00:02', 126, now() - interval '1 day')");
        ResourceSnapshot found = found(byMac(126, "52:54:00:00:00:02"));
        assertThat(found.uuid()).isEqualTo("mac-220");
        assertThat(found.deleted()).isTrue();
    }

    @Test
    void columns_without_a_value_are_left_out() throws Exception {
        database.execute(
                "insert into instances (id, uuid, owner, status, cpu) values (300, 'bare-300', null, null, null)");
        ResourceSnapshot bare = found(Samples.instance(300));
        assertThat(bare.status()).isEmpty();
        assertThat(bare.tenantId()).isEmpty();
        assertThat(bare.metadata().keySet()).containsExactly("hyper_id", "memory", "disk");
        database.execute("insert into volumes (id, uuid, owner) values (300, 'bare-300', 4711)");
        ResourceSnapshot volume = found(Samples.byId(ResourceType.VOLUME, 300));
        assertThat(volume.tenantId()).isEmpty();
        assertThat(volume.metadata()).isEqualTo(Map.of("instance_id", 0L, "target", ""));
    }

    @Test
    void a_row_without_a_uuid_is_unknown_and_told_at_debug_only() throws Exception {
        database.execute("insert into instances (id, uuid) values (310, null), (311, ' ')");
        try (LogOf log = LogOf.type(PostgresLookup.class)) {
            assertThat(resultOf(ask(lookup, Samples.instance(310)))).isEmpty();
            assertThat(resultOf(ask(lookup, Samples.instance(311)))).isEmpty();
            assertThat(log.messages(Level.DEBUG)).hasSize(2).allMatch(text -> text.contains("without a uuid"));
        }
    }

    @Test
    void a_hypervisor_is_found_by_its_hostid_and_named_by_its_host_name() {
        ResourceSnapshot found = found(Samples.byId(ResourceType.HYPER, 5));
        assertThat(found.resource().id()).isEqualTo(5);
        assertThat(found.uuid()).isEqualTo("hyper-5");
        assertThat(found.status()).contains("1");
        assertThat(found.tenantId()).isEmpty();
        assertThat(found.metadata()).isEqualTo(Map.of("hostname", "hyper-5", "host_ip", "192.0.2.5", "zone_id", 1L));
        assertThat(resultOf(ask(lookup, Samples.byId(ResourceType.HYPER, (1L << 32) + 5))))
                .isEmpty();
    }

    @Test
    void types_without_a_table_are_unknown() {
        for (ResourceType type : List.of(
                ResourceType.FLOATING_IP, ResourceType.ROUTER, ResourceType.SUBNET, ResourceType.SECURITY_GROUP)) {
            assertThat(resultOf(ask(lookup, Samples.byId(type, 1)))).isEmpty();
        }
    }

    @Test
    void many_lookups_share_the_pool() throws Exception {
        List<Future<Optional<ResourceSnapshot>>> answers = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            answers.add(ask(lookup, Samples.locator(Samples.ALL.get(i % 4))));
        }
        for (Future<Optional<ResourceSnapshot>> answer : answers) {
            assertThat(resultOf(answer)).isPresent();
        }
        assertThat(database.count(
                        "select count(*) from pg_stat_activity where application_name = 'cloudland-callback'"))
                .isBetween(1L, 2L);
    }

    @Test
    void a_password_is_used_and_never_told() {
        ResourceLookup reader = open(reader(TestPostgres.PASSWORD));
        assertThat(resultOf(ask(reader, Samples.instance(123)))).isPresent();
        ResourceLookup stranger = open(reader("wr0ng-passw0rd"));
        assertThat(failureOf(ask(stranger, Samples.instance(123)), ErrorCode.LOOKUP_UNAVAILABLE))
                .hasMessageContainingAll(
                        "instance/123", "127.0.0.1:" + database.port(), "password", "28P01", "asked again")
                .hasMessageNotContaining("wr0ng");
        resultOf(Future.all(reader.close(), stranger.close()));
    }

    private LookupConfig.PostgreSql reader(String password) {
        return database.config(
                TestPostgres.USER_WITH_PASSWORD, Optional.of(new Secret(password)), "postgres", Duration.ofSeconds(10));
    }

    @Test
    void a_uri_that_cannot_be_read_is_refused_without_being_told() {
        LookupConfig.PostgreSql config = new LookupConfig.PostgreSql(
                "postgresql://u:pa$$@h:notaport/x", Optional.empty(), 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
        Throwable refusal = catchThrowable(() -> open(config));
        assertThat(refusal).hasMessageContaining("CONFIG_INVALID").hasNoCause();
        assertThat(refusal.getMessage()).doesNotContain("pa$$");
    }

    @Test
    void a_missing_table_a_missing_right_and_a_missing_database_are_told_for_what_they_are() throws Exception {
        database.execute("create database empty");
        database.execute("create role nobody_special login");
        assertThat(failureAs("postgres", "empty")).contains("schema", "\"instances\" does not exist", "42P01", "check");
        assertThat(failureAs("nobody_special", "postgres")).contains("permission denied", "42501", "may select");
        assertThat(failureAs("postgres", "nowhere")).contains("\"nowhere\" does not exist", "3D000");
    }

    private String failureAs(String user, String databaseName) {
        ResourceLookup other = open(database.config(user, Optional.empty(), databaseName, Duration.ofSeconds(10)));
        String text = failureOf(ask(other, Samples.instance(123)), ErrorCode.LOOKUP_UNAVAILABLE)
                .getMessage();
        resultOf(other.close());
        return text;
    }

    private static ResourceLocator byMac(long instanceId, String macAddress) {
        return new ResourceLocator.InterfaceByMac(instanceId, macAddress);
    }

    private ResourceSnapshot found(ResourceLocator locator) {
        return resultOf(ask(lookup, locator)).orElseThrow();
    }

    private static Future<Optional<ResourceSnapshot>> ask(ResourceLookup lookup, ResourceLocator locator) {
        return lookup.find(locator, Samples.command("launch_vm"));
    }
}
