package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.model.Secret;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the file says arrives in the configuration. */
class ConfigLoaderTest extends ConfigInAFile {

    private static final String SPECIFICATION = """
            [callback]
            # 是否启用资源变化回调功能
            enabled = true

            # 回调目标 URL
            url = "http://your-monitoring-service.com/api/v1/resource-changes"

            # Worker 并发数量（建议 3-5）
            workers = 3

            # 事件队列大小（建议 10000）
            queue_size = 10000

            # HTTP 请求超时时间（秒）
            timeout = 30

            # 最大重试次数
            retry_max = 3

            # 重试间隔（秒）
            retry_interval = 5
            """;

    @Test
    void the_section_of_the_specification_works_unchanged() {
        CallbackConfig config = file(SPECIFICATION).config();
        assertThat(config.enabled()).isTrue();
        assertThat(config.workers()).isEqualTo(3);
        assertThat(config.queueSize()).isEqualTo(10_000);
        assertThat(config.endpoints())
                .containsExactly(Samples.endpoint("http://your-monitoring-service.com/api/v1/resource-changes"));
        assertThat(file(SPECIFICATION).warnings()).isEmpty();
    }

    @Test
    void the_url_alone_gives_the_defaults_of_the_specification() {
        String url = "http://your-monitoring-service.com/api/v1/resource-changes";
        assertThat(file("[callback]\nurl = '" + url + "'").config())
                .isEqualTo(file(SPECIFICATION).config());
    }

    @Test
    void what_nobody_sets_has_its_default() {
        CallbackConfig config = file(ConfigFile.MINIMAL).config();
        assertThat(config.prefix()).isEqualTo("callback");
        assertThat(config.shutdownTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.region()).isEmpty();
        assertThat(config.store())
                .isEqualTo(new StoreConfig.RocksDb(
                        Retention.ofDeadLetters(10_000), Path.of("data/callback"), "always", 8L << 30));
        assertThat(config.lookup()).isEqualTo(new LookupConfig.Message());
        assertThat(config.ingest())
                .isEqualTo(
                        new IngestConfig("callback.commands", Duration.ofDays(1), Optional.empty(), Optional.empty()));
        assertThat(config.commands()).isEmpty();
        assertThat(config.endpoints()).containsExactly(Samples.endpoint("http://127.0.0.1:8080/hook"));
    }

    @Test
    void every_option_of_the_endpoint_arrives() {
        assertThat(below("""
                                format = "resource-change"
                                api_key = "geheim"
                                timeout = 1
                                retry_max = 0
                                retry_interval = 86400
                                max_in_flight = 10000
                                tls_insecure_skip_verify = true
                                """).config().endpoints())
                .containsExactly(new Endpoint(
                        "default",
                        URI.create("http://127.0.0.1:8080/hook"),
                        "resource-change",
                        Optional.of(new Secret("geheim")),
                        Duration.ofSeconds(1),
                        0,
                        Duration.ofDays(1),
                        10_000,
                        true));
    }

    @Test
    void addresses_follow_the_prefix() {
        CallbackConfig config = below("prefix = \"cb-2\"\n[callback.lookup]\ntype = \"event-bus\"\n")
                .config();
        assertThat(config.ingest().address()).isEqualTo("cb-2.commands");
        assertThat(config.lookup())
                .isEqualTo(new LookupConfig.EventBus("cb-2.lookup", Duration.ofSeconds(5), Duration.ofSeconds(1)));
    }

    @Test
    void the_lookup_in_the_database_is_configured() {
        ConfigFile file = below("""
                [callback.lookup]
                type = "postgresql"
                uri = "postgresql://cloudland@db.example:5432/hypercube?sslmode=require"
                password = "geheim"
                pool_size = 100
                timeout = 300
                retry_interval = 3600
                """);
        assertThat(file.config().lookup())
                .isEqualTo(new LookupConfig.PostgreSql(
                        "postgresql://cloudland@db.example:5432/hypercube?sslmode=require",
                        Optional.of(new Secret("geheim")),
                        100,
                        Duration.ofMinutes(5),
                        Duration.ofHours(1)));
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void commands_are_registered_under_their_names() {
        CallbackConfig config = below("""
                        [callback.commands.create_snapshot]
                        resource_type = "volume"
                        id_arg = 1
                        action = "captured"
                        [callback.commands."vendor.move"]
                        resource_type = "floating_ip"
                        id_arg = 2
                        action = "migrated"
                        status_arg = 3
                        """).config();
        assertThat(config.commands())
                .isEqualTo(Map.of(
                        "create_snapshot",
                        new CommandConfig(ResourceType.VOLUME, Action.CAPTURED, 1, OptionalInt.empty()),
                        "vendor.move",
                        new CommandConfig(ResourceType.FLOATING_IP, Action.MIGRATED, 2, OptionalInt.of(3))));
    }

    @Test
    void dotted_keys_inline_tables_and_windows_line_ends_are_read_alike() {
        CallbackConfig config = file("\uFEFFcallback.url = 'http://h/x'\r\n"
                        + "callback.store = { type = 'memory', max_dead_letters = 7 }\r\n"
                        + "callback.commands.x = { resource_type = 'hyper', id_arg = 1, action = 'created' }\r\n")
                .config();
        assertThat(config.store().retention().maxDeadLetters()).isEqualTo(7);
        assertThat(config.commands()).containsOnlyKeys("x");
    }

    @Test
    void tables_of_other_programs_are_ignored() {
        assertThat(file("[api]\nlisten = 1\ncallbacks = 2\n" + ConfigFile.MINIMAL + "[rpc]\nurl = 3\n[[x]]\ny = 1\n")
                        .config())
                .isEqualTo(file(ConfigFile.MINIMAL).config());
    }

    @Test
    void keys_of_another_lookup_type_are_warned_of() {
        assertThat(below("[callback.lookup]\nuri = \"postgresql://cloudland@db/hypercube\"\n")
                        .environment("CALLBACK_LOOKUP_POOL_SIZE", "2")
                        .warnings())
                .containsExactly(
                        "config.toml:4:7 callback.lookup.uri does nothing with callback.lookup.type = \"message\"",
                        "environment CALLBACK_LOOKUP_POOL_SIZE callback.lookup.pool_size does nothing with"
                                + " callback.lookup.type = \"message\"");
    }

    @Test
    void unchecked_certificates_and_slips_in_system_properties_are_warned_of() {
        assertThat(below("tls_insecure_skip_verify = true\n")
                        .property("callback.wrokers", "4")
                        .property("callback.fat.jar", "x.jar")
                        .warnings())
                .satisfiesExactly(
                        slip -> assertThat(slip)
                                .isEqualTo("system property callback.wrokers is not an option and is ignored;"
                                        + " did you mean callback.workers?"),
                        tls -> assertThat(tls)
                                .startsWith("config.toml:3:28 callback.tls_insecure_skip_verify = true:"));
    }

    @Test
    void the_report_tells_every_effective_value_with_its_origin() {
        assertThat(below("workers = 4\n[callback.commands.x]\nresource_type='image'\nid_arg=1\naction='created'\n")
                        .environment("CALLBACK_REGION", "ap-\"1\"")
                        .property("callback.timeout", "9")
                        .host(new JsonObject().put("callback", new JsonObject().put("api_key", "geheim")))
                        .report())
                .isEqualTo("""
                        callback.enabled = true  # default
                        callback.url = "http://127.0.0.1:8080/hook"  # config.toml:2
                        callback.workers = 4  # config.toml:3
                        callback.queue_size = 10000  # default
                        callback.timeout = 9  # system property callback.timeout
                        callback.retry_max = 3  # default
                        callback.retry_interval = 5  # default
                        callback.retry_backoff = "fixed"  # default
                        callback.retry_interval_max = 3600  # default
                        callback.retry_jitter = 0.0  # default
                        callback.retry_max_age = (not set)  # default
                        callback.retry_schedule = (not set)  # default
                        callback.retry_statuses = "specification"  # default
                        callback.dead_statuses = (not set)  # default
                        callback.max_in_flight = 64  # default
                        callback.prefix = "callback"  # default
                        callback.shutdown_timeout = 20  # default
                        callback.region = "ap-\\"1\\""  # environment CALLBACK_REGION
                        callback.api_key = "***"  # deployment options
                        callback.secret = (not set)  # default
                        callback.secrets = (not set)  # default
                        callback.format = "resource-change"  # default
                        callback.tls_insecure_skip_verify = false  # default
                        callback.tls_trust_store = (not set)  # default
                        callback.tls_trust_store_password = (not set)  # default
                        callback.tls_key_store = (not set)  # default
                        callback.tls_key_store_password = (not set)  # default
                        callback.tls_min_version = "1.2"  # default
                        callback.tls_server_name = (not set)  # default
                        callback.http_version = "1.1"  # default
                        callback.address_policy = "no-link-local"  # default
                        callback.allow_networks = (not set)  # default
                        callback.deny_networks = (not set)  # default
                        callback.proxy = (not set)  # default
                        callback.proxy_password = (not set)  # default
                        callback.park_after_failures = 0  # default
                        callback.probe_interval = 10  # default
                        callback.probe_interval_max = 300  # default
                        callback.rate_limit = 0  # default
                        callback.order = "resource"  # default
                        callback.coalesce = false  # default
                        callback.handshake = false  # default
                        callback.handshake_origin = "cloudland-callback"  # default
                        callback.store.type = "rocksdb"  # default
                        callback.store.path = "data/callback"  # default
                        callback.store.sync = "always"  # default
                        callback.store.max_bytes = 8589934592  # default
                        callback.store.max_dead_letters = 10000  # default
                        callback.store.dead_letter_max_age = 2592000  # default
                        callback.store.dead_letter_max_bytes = 268435456  # default
                        callback.store.log_max_age = 604800  # default
                        callback.store.log_max_bytes = 268435456  # default
                        callback.lookup.type = "message"  # default
                        callback.ingest.address = "callback.commands"  # default
                        callback.ingest.dedup_window = 86400  # default
                        callback.ingest.tcp.listen = (not set)  # default
                        callback.admin.socket = "data/callback/admin.sock"  # default
                        callback.ingest.http.port = (not set)  # default
                        callback.commands.x.resource_type = "image"  # config.toml:5
                        callback.commands.x.id_arg = 1  # config.toml:6
                        callback.commands.x.action = "created"  # config.toml:7
                        callback.commands.x.status_arg = (not set)  # default""");
    }
}
