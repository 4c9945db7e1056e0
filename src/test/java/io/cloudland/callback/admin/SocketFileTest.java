package io.cloudland.callback.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.CallbackException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {

    @TempDir
    Path directory;

    private static ServerSocketChannel bind(Path path) throws Exception {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }

    private static ServerSocketChannel open(SocketFile file) throws Exception {
        ServerSocketChannel server = bind(file.stage());
        file.publish();
        return server;
    }

    private static boolean answers(Path path) throws Exception {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return client.isConnected();
        } catch (java.net.ConnectException refused) {
            return false;
        }
    }

    private static String permissionsOf(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static long entriesOf(Path path) throws Exception {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.count();
        }
    }

    @Test
    void only_the_owner_may_open_the_socket_and_nothing_else_is_left_beside_it() throws Exception {
        Path path = directory.resolve("admin.sock");
        try (ServerSocketChannel server = open(new SocketFile(path))) {
            assertThat(permissionsOf(path)).isEqualTo("rw-------");
            assertThat(answers(path)).isTrue();
            assertThat(entriesOf(directory)).isEqualTo(1);
        }
    }

    @Test
    void until_it_has_its_permissions_it_stands_where_nobody_else_may_enter() throws Exception {
        SocketFile file = new SocketFile(directory.resolve("admin.sock"));
        Path staged = file.stage();
        assertThat(permissionsOf(staged.getParent())).isEqualTo("rwx------");
        file.discard();
        assertThat(entriesOf(directory)).isZero();
    }

    @Test
    void a_missing_directory_is_made_for_the_owner_alone() throws Exception {
        Path path = directory.resolve("a").resolve("b").resolve("admin.sock");
        try (ServerSocketChannel server = open(new SocketFile(path))) {
            assertThat(permissionsOf(path.getParent())).isEqualTo("rwx------");
            assertThat(permissionsOf(directory.resolve("a"))).isEqualTo("rwx------");
        }
    }

    @Test
    void a_path_without_a_directory_means_the_working_directory() throws Exception {
        SocketFile file = new SocketFile(Path.of("only-a-name.sock"));
        Path staged = file.stage();
        try {
            assertThat(staged.toAbsolutePath().getParent().getParent())
                    .isEqualTo(Path.of("").toAbsolutePath());
        } finally {
            file.discard();
        }
    }

    @Test
    void what_a_killed_process_left_behind_is_replaced() throws Exception {
        Path path = directory.resolve("admin.sock");
        bind(path).close(); // The JDK leaves the file, as a kill does.
        assertThat(path).exists();
        assertThat(answers(path)).isFalse();
        try (ServerSocketChannel server = open(new SocketFile(path))) {
            assertThat(answers(path)).isTrue();
        }
    }

    @Test
    void a_socket_that_somebody_listens_on_is_never_taken() throws Exception {
        Path path = directory.resolve("admin.sock");
        try (ServerSocketChannel other = bind(path)) {
            assertThatThrownBy(() -> new SocketFile(path).stage())
                    .isInstanceOf(CallbackException.class)
                    .hasMessageContainingAll(path.toString(), "is in use by another service");
            assertThat(answers(path)).isTrue();
            assertThat(entriesOf(directory)).isEqualTo(1);
        }
    }

    @Test
    void a_file_that_is_no_socket_is_left_alone() throws Exception {
        Path path = Files.writeString(directory.resolve("notes.txt"), "dear diary");
        assertThatThrownBy(() -> new SocketFile(path).stage())
                .isInstanceOf(CallbackException.class)
                .hasMessageContainingAll(path.toString(), "is no socket");
        assertThat(path).hasContent("dear diary");
    }

    @Test
    void it_is_removed_at_the_end() throws Exception {
        Path path = directory.resolve("admin.sock");
        SocketFile file = new SocketFile(path);
        open(file).close();
        file.remove();
        assertThat(entriesOf(directory)).isZero();
        file.remove();
    }

    @Test
    void a_socket_that_has_taken_its_place_is_not_removed() throws Exception {
        Path path = directory.resolve("admin.sock");
        SocketFile first = new SocketFile(path);
        open(first).close();
        try (ServerSocketChannel second = open(new SocketFile(path))) {
            first.remove();
            assertThat(answers(path)).isTrue();
        }
    }

    @Test
    void a_path_of_the_longest_length_that_the_configuration_allows_can_be_used() throws Exception {
        String name = "s".repeat(100 - directory.toString().length() - 1);
        Path path = directory.resolve(name);
        try (ServerSocketChannel server = open(new SocketFile(path))) {
            assertThat(answers(path)).isTrue();
        }
    }
}
