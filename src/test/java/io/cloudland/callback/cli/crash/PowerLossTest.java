package io.cloudland.callback.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notes as the preloaded library writes them, and what is left of the files after the cut. */
class PowerLossTest {

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void makeStore() throws IOException {
        store = Files.createDirectory(directory.resolve("store"));
    }

    /** Chance that always says the same: forget what the directory was not forced to keep, or nothing. */
    private static Random chance(boolean forgets) {
        return new Random() {
            @Override
            public boolean nextBoolean() {
                return forgets;
            }

            @Override
            public double nextDouble() {
                return 0.5;
            }
        };
    }

    private PowerLoss power(boolean forgets) throws IOException {
        PowerLoss power = new PowerLoss(store, directory.resolve("power"), chance(forgets));
        power.begin();
        return power;
    }

    private void file(String name, String content) throws IOException {
        Files.writeString(store.resolve(name), content);
    }

    private void kept(String number, String content) throws IOException {
        Files.writeString(directory.resolve("power/side").resolve(number), content);
    }

    private void notes(String... lines) throws IOException {
        Files.writeString(directory.resolve("power/journal"), String.join("\n", lines) + "\n");
    }

    private String content(String name) throws IOException {
        return Files.readString(store.resolve(name));
    }

    @Test
    void what_was_written_after_the_last_sync_is_gone() throws IOException {
        PowerLoss power = power(true);
        file("1.log", "forced, not forced");
        notes("C 1.log", "D", "S 1.log 3", "S 1.log 6");

        power.strike();

        assertThat(content("1.log")).isEqualTo("forced");
    }

    @Test
    void some_of_it_may_be_left_where_chance_is_kind() throws IOException {
        PowerLoss power = power(false);
        file("1.log", "forced1234");
        notes("C 1.log", "D", "S 1.log 6");

        power.strike();

        assertThat(content("1.log")).isEqualTo("forced12");
    }

    @Test
    void a_file_that_was_there_before_and_not_touched_stays() throws IOException {
        PowerLoss power = power(true);
        file("0.sst", "of an earlier life");
        notes("D");

        power.strike();

        assertThat(content("0.sst")).isEqualTo("of an earlier life");
    }

    @Test
    void a_file_whose_directory_was_not_forced_is_gone_though_its_bytes_were() throws IOException {
        PowerLoss power = power(true);
        file("1.log", "forced");
        notes("D", "C 1.log", "S 1.log 6");

        power.strike();

        assertThat(store.resolve("1.log")).doesNotExist();
    }

    @Test
    void a_replacement_that_was_not_forced_is_undone_with_what_it_replaced() throws IOException {
        PowerLoss power = power(true);
        file("CURRENT", "new");
        kept("1.0", "old");
        notes("C 2.dbtmp", "S 2.dbtmp 3", "R 2.dbtmp CURRENT 1.0");

        power.strike();

        assertThat(content("CURRENT")).isEqualTo("old");
        assertThat(store.resolve("2.dbtmp")).doesNotExist();
    }

    @Test
    void a_removal_that_was_not_forced_is_undone() throws IOException {
        PowerLoss power = power(true);
        kept("1.0", "still there");
        notes("U 1.log 1.0");

        power.strike();

        assertThat(content("1.log")).isEqualTo("still there");
    }

    @Test
    void what_the_directory_was_forced_to_keep_is_not_undone() throws IOException {
        PowerLoss power = power(true);
        file("CURRENT", "new");
        kept("1.0", "old");
        notes("C 2.dbtmp", "S 2.dbtmp 3", "R 2.dbtmp CURRENT 1.0", "U 1.log -", "D");

        power.strike();

        assertThat(content("CURRENT")).isEqualTo("new");
        assertThat(store.resolve("1.log")).doesNotExist();
    }

    @Test
    void the_next_life_begins_with_what_is_left() throws IOException {
        PowerLoss power = power(true);
        file("1.log", "forced, not forced");
        notes("C 1.log", "D", "S 1.log 6");
        power.strike();

        power.begin();
        power.strike();

        assertThat(content("1.log")).isEqualTo("forced");
        assertThat(directory.resolve("power/side")).isEmptyDirectory();
    }
}
