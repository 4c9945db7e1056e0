package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Retention;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code [callback.store]}, and the control socket that stands beside it. */
class StoreConfigTest extends ConfigInAFile {

    @Test
    void the_store_on_the_disk_is_configured() {
        assertThat(below("prefix = 'second'\n").config().store())
                .as("two services in one host have two directories")
                .isEqualTo(new StoreConfig.RocksDb(
                        Retention.ofDeadLetters(10_000), Path.of("data/second"), "always", 8L << 30));
        assertThat(below("[callback.store]\ntype = 'rocksdb'\nsync = 'off'\nmax_dead_letters = 3\n")
                        .environment("CALLBACK_STORE_PATH", "/var/lib/callback")
                        .property("callback.store.max_bytes", "100000000")
                        .config()
                        .store())
                .isEqualTo(new StoreConfig.RocksDb(
                        Retention.ofDeadLetters(3), Path.of("/var/lib/callback"), "off", 100_000_000));
    }

    @Test
    void keys_of_another_store_type_are_warned_of() {
        assertThat(below("[callback.store]\ntype = 'memory'\npath = '/x'\n").warnings())
                .containsExactly(
                        "config.toml:5:8 callback.store.path does nothing with callback.store.type = \"memory\"");
    }

    @Test
    void the_control_socket_stands_beside_the_store_unless_it_is_named_or_off() {
        String onDisk = "[callback.store]\ntype = 'rocksdb'\npath = '/data'\n";
        assertThat(below(onDisk).config().admin())
                .isEqualTo(new AdminConfig(Optional.of(Path.of("/data/admin.sock")), false));
        assertThat(below(onDisk + "[callback.admin]\nsocket = '/run/x.sock'\n")
                        .config()
                        .admin())
                .isEqualTo(new AdminConfig(Optional.of(Path.of("/run/x.sock")), true));
        assertThat(below(onDisk)
                        .environment("CALLBACK_ADMIN_SOCKET", "off")
                        .config()
                        .admin())
                .isEqualTo(new AdminConfig(Optional.empty(), false));
    }

    @Test
    void the_memory_store_has_a_control_socket_only_where_one_is_named() {
        assertThat(below("[callback.store]\ntype = 'memory'\n").config().admin())
                .isEqualTo(new AdminConfig(Optional.empty(), false));
        assertThat(below("[callback.store]\ntype = 'memory'\n[callback.admin]\nsocket = 'x.sock'\n")
                        .config()
                        .admin())
                .isEqualTo(new AdminConfig(Optional.of(Path.of("x.sock")), true));
    }

    @Test
    void a_store_whose_path_is_too_long_for_a_socket_goes_without_and_warns() {
        ConfigFile file = below("[callback.store]\ntype = 'rocksdb'\npath = '/" + "d".repeat(90) + "'\n");
        assertThat(file.config().admin()).isEqualTo(new AdminConfig(Optional.empty(), false));
        assertThat(file.warnings()).singleElement().asString().contains("callback.admin.socket", "100 bytes");
        assertThat(below("[callback.store]\ntype = 'rocksdb'\npath = '/" + "d".repeat(90)
                                + "'\n[callback.admin]\nsocket =" + " 'off'\n")
                        .warnings())
                .isEmpty();
    }
}
