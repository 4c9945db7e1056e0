package io.cloudland.callback.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.observe.LogOf;
import io.cloudland.callback.time.VirtualTimers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnacceptedAlarmTest {

    private final VirtualTimers time = new VirtualTimers();
    private final HttpIngestCounts counts = new HttpIngestCounts();
    private final UnacceptedAlarm alarm = new UnacceptedAlarm(counts, Path.of("unaccepted.ndjson"), time);
    private final LogOf log = LogOf.named("ingest");

    @AfterEach
    void close() {
        log.close();
    }

    private void notTakenIn(int times) {
        for (int i = 0; i < times; i++) {
            alarm.unaccepted("the store is full");
            alarm.kept();
        }
    }

    @Test
    void it_warns_once_a_minute_at_most_and_tells_how_many_there_were_since() {
        notTakenIn(3);
        time.advance(Duration.ofSeconds(59));
        notTakenIn(1);
        assertThat(log.messages(Level.WARN))
                .singleElement()
                .asString()
                .startsWith("1 command(s) that the back end executed were not taken in: the store is full.");
        time.advance(Duration.ofSeconds(1));
        notTakenIn(1);
        assertThat(log.messages(Level.WARN)).hasSize(2).last().asString().startsWith("4 command(s)");
        assertThat(counts.unaccepted()).isEqualTo(5);
        assertThat(counts.lost()).isZero();
    }

    @Test
    void once_commands_are_taken_in_again_it_says_so_one_time_with_how_many_were_kept_meanwhile() {
        notTakenIn(3);
        alarm.lost("the request is too long");
        time.advance(UnacceptedAlarm.OVER_AFTER);
        for (int i = 0; i < 3; i++) {
            alarm.takenIn();
        }
        assertThat(log.messages(Level.INFO))
                .containsExactly("Commands are taken in again. Meanwhile 4 were not, of which 3 are kept for repair in"
                        + " unaccepted.ndjson");
        notTakenIn(1);
        time.advance(UnacceptedAlarm.OVER_AFTER);
        alarm.takenIn();
        assertThat(log.messages(Level.INFO))
                .hasSize(2)
                .last()
                .asString()
                .contains("Meanwhile 1 were not, of which 1 are");
        assertThat(counts.lost()).isEqualTo(1);
    }

    @Test
    void while_some_are_taken_in_and_some_are_not_it_is_not_over() {
        for (int i = 0; i < 10; i++) {
            notTakenIn(1);
            time.advance(UnacceptedAlarm.OVER_AFTER.minusMillis(1));
            alarm.takenIn();
        }
        assertThat(log.messages(Level.INFO)).isEmpty();
        time.advance(Duration.ofMillis(1));
        alarm.takenIn();
        assertThat(log.messages(Level.INFO)).hasSize(1);
    }

    @Test
    void without_an_alarm_there_is_nothing_to_say() {
        alarm.takenIn();
        assertThat(log.messages(Level.INFO)).isEmpty();
    }
}
