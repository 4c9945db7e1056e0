package io.cloudland.callback.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The account of several endpoints fails where that of a single one does. */
class SinkBooksTest {

    private final SinkBooks books = new SinkBooks(List.of("/1", "/2"));

    private void receive(String path, String id, long sequence) {
        Objects.requireNonNull(books.at(path)).receive(id, 7, sequence, 100, 0);
    }

    private Audit audit(String... accepted) {
        long sum = List.of(accepted).stream().mapToLong(Audit::hash).sum();
        JsonObject driver =
                new JsonObject().put("accepted", (long) accepted.length).put("id_sum", sum);
        return Audit.of(driver, books.totals());
    }

    @Test
    void what_came_everywhere_once_and_in_order_passes() {
        for (String path : List.of("/1", "/2")) {
            receive(path, "a", 1);
            receive(path, "b", 2);
        }
        assertThat(audit("a", "b").passed()).isTrue();
    }

    @Test
    void what_one_endpoint_has_not_got_is_lost() {
        receive("/1", "a", 1);
        assertThat(audit("a").lost()).isEqualTo(1);
        assertThat(audit("a").passed()).isFalse();
    }

    @Test
    void another_id_at_one_endpoint_does_not_pass() {
        receive("/1", "a", 1);
        receive("/2", "other", 1);
        assertThat(audit("a").passed()).isFalse();
    }

    @Test
    void a_duplicate_and_a_wrong_order_at_any_endpoint_count() {
        receive("/1", "a", 1);
        receive("/1", "b", 2);
        receive("/2", "b", 2);
        receive("/2", "a", 1);
        receive("/2", "a", 1);
        assertThat(audit("a", "b").outOfOrder()).isEqualTo(1);
        assertThat(audit("a", "b").duplicates()).isEqualTo(1);
    }

    @Test
    void no_book_is_kept_of_other_endpoints() {
        assertThat(books.at("/bad/hang")).isNull();
    }
}
