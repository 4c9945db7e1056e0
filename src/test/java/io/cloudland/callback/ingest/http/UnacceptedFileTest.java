package io.cloudland.callback.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class UnacceptedFileTest {

    private static final JsonObject LINE = new JsonObject().put("command", "launch_vm '127'");

    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("below").resolve("unaccepted.ndjson");
    }

    /** As its owner does: on one context. */
    private static List<Future<Void>> keep(Vertx vertx, UnacceptedFile file, int count) throws Exception {
        return keep(vertx, file, count, LINE);
    }

    private static List<Future<Void>> keep(Vertx vertx, UnacceptedFile file, int count, JsonObject line)
            throws Exception {
        List<Future<Void>> kept = new ArrayList<>();
        io.vertx.core.Promise<Void> asked = io.vertx.core.Promise.promise();
        vertx.runOnContext(here -> {
            for (int i = 0; i < count; i++) {
                kept.add(file.keep(line));
            }
            Future.join(kept).onComplete(all -> asked.complete());
        });
        asked.future().await(20, SECONDS);
        return kept;
    }

    @Test
    void lines_are_kept_for_its_owner_alone_and_go_on_in_a_new_file_when_it_is_moved_away(Vertx vertx)
            throws Exception {
        UnacceptedFile file = new UnacceptedFile(vertx, path(), 1 << 20);
        keep(vertx, file, 3);
        assertThat(Files.readAllLines(path())).containsExactly(LINE.encode(), LINE.encode(), LINE.encode());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
        Files.move(path(), directory.resolve("repair.ndjson"));
        keep(vertx, file, 1);
        assertThat(Files.readAllLines(path())).containsExactly(LINE.encode());
    }

    @Test
    void a_line_that_a_crash_has_torn_takes_none_with_it(Vertx vertx) throws Exception {
        Files.createDirectories(path().getParent());
        Files.writeString(path(), "{\"command\":\"laun");
        keep(vertx, new UnacceptedFile(vertx, path(), 1 << 20), 1);
        assertThat(Files.readAllLines(path())).containsExactly("{\"command\":\"laun", LINE.encode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-1", "虚拟机"})
    void it_grows_no_longer_than_it_may_and_says_of_which_lines_there_was_no_room(String name, Vertx vertx)
            throws Exception {
        JsonObject line = new JsonObject().put("command", "launch_vm '127' '" + name.repeat(100) + "'");
        long room = 2L * (line.encode().getBytes(UTF_8).length + 1);
        List<Future<Void>> kept = keep(vertx, new UnacceptedFile(vertx, path(), room), 5, line);
        assertThat(kept.stream().filter(Future::succeeded)).hasSize(2);
        assertThat(Files.size(path())).isEqualTo(room);
        assertThatThrownBy(() -> kept.get(4).await()).hasMessageContaining("is full");
    }
}
