package io.cloudland.callback.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class SinkLedgerTest {

    private final SinkLedger ledger = new SinkLedger();

    @Test
    void what_was_accepted_and_came_once_in_order_passes() {
        receive("a", 1, 1);
        receive("b", 2, 1);
        receive("c", 1, 2);
        assertThat(audit("c", "a", "b")).satisfies(audit -> {
            assertThat(audit.passed()).isTrue();
            assertThat(audit.text()).isEqualTo("lost 0, duplicates 0, out of order 0");
        });
    }

    @Test
    void what_did_not_come_is_lost() {
        receive("a", 1, 1);
        receive("c", 1, 3);
        Audit audit = audit("a", "b", "c");
        assertThat(audit.passed()).isFalse();
        assertThat(audit.text()).isEqualTo("lost 1, duplicates 0, out of order 0");
    }

    @Test
    void what_came_twice_is_a_duplicate_and_counts_once() {
        receive("a", 1, 1);
        receive("a", 1, 1);
        Audit audit = audit("a");
        assertThat(audit.passed()).isFalse();
        assertThat(audit.text()).isEqualTo("lost 0, duplicates 1, out of order 0");
    }

    @Test
    void what_came_after_a_later_event_of_its_resource_is_out_of_order() {
        receive("a", 1, 1);
        receive("c", 1, 3);
        receive("b", 1, 2);
        Audit audit = audit("a", "b", "c");
        assertThat(audit.passed()).isFalse();
        assertThat(audit.text()).isEqualTo("lost 0, duplicates 0, out of order 1");
    }

    @Test
    void another_id_in_the_place_of_an_accepted_one_is_noticed() {
        receive("a", 1, 1);
        receive("x", 1, 2);
        Audit audit = audit("a", "b");
        assertThat(audit.passed()).isFalse();
        assertThat(audit.text()).endsWith("the ids received are not the ids accepted");
    }

    @Test
    void more_than_was_accepted_is_noticed() {
        receive("a", 1, 1);
        receive("b", 1, 2);
        assertThat(audit("a").passed()).isFalse();
    }

    @Test
    void accounts_add_up() {
        Audit sum = new Audit(2, 1, 3, 4, true).plus(new Audit(5, 5, 1, 1, false));
        assertThat(sum).isEqualTo(new Audit(7, 6, 4, 5, false));
    }

    @Test
    void a_mark_starts_a_new_window_of_the_same_account() {
        receive("a", 1, 1);
        ledger.mark();
        receive("b", 1, 2);
        assertThat(ledger.window().size()).isEqualTo(1);
        assertThat(ledger.totals().getLong("received")).isEqualTo(2);
        assertThat(ledger.totals().getLong("body_bytes")).isEqualTo(300);
    }

    private void receive(String id, long resource, long sequence) {
        ledger.receive(id, resource, sequence, 300, 0);
    }

    private Audit audit(String... accepted) {
        long sum = 0;
        for (String id : accepted) {
            sum += Audit.hash(id);
        }
        return Audit.of(new JsonObject().put("accepted", (long) accepted.length).put("id_sum", sum), ledger.totals());
    }
}
