package io.cloudland.callback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeliveryStateTest {

    private static final Pattern ARROW = Pattern.compile("^ *([A-Z_]+) --> ([A-Z_]+):", Pattern.MULTILINE);

    @Test
    void the_picture_shows_every_way_a_delivery_can_go_and_no_other() throws IOException {
        Set<String> drawn = ARROW.matcher(Files.readString(Path.of("docs/delivery.md")))
                .results()
                .map(DeliveryStateTest::arrow)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> allowed = new TreeSet<>();
        for (DeliveryState from : DeliveryState.values()) {
            for (DeliveryState to : DeliveryState.values()) {
                if (from.canBecome(to)) {
                    allowed.add(from + " → " + to);
                }
            }
        }
        assertThat(drawn).isEqualTo(allowed);
    }

    private static String arrow(MatchResult drawn) {
        return drawn.group(1) + " → " + drawn.group(2);
    }
}
