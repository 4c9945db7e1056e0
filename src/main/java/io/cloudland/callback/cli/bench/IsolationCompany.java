package io.cloudland.callback.cli.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Beside whom the healthy endpoints of the isolation benchmark live. */
enum IsolationCompany {
    ALONE("six alone"),
    BESIDE_WELL("beside four that are well"),
    BESIDE_BAD("beside four that are bad");

    private final String text;

    IsolationCompany(String text) {
        this.text = text;
    }

    /**
     * Whom a round has, in its order: every other one goes backwards, so that a machine that slows down by and by favours
     * nobody.
     *
     * @param besideWell whether it is also measured what others cost that are well
     */
    static List<IsolationCompany> inOrderOf(int round, boolean besideWell) {
        List<IsolationCompany> forwards =
                besideWell ? List.of(ALONE, BESIDE_WELL, BESIDE_BAD) : List.of(ALONE, BESIDE_BAD);
        return round % 2 == 1
                ? forwards
                : forwards.stream().sorted(Comparator.reverseOrder()).toList();
    }

    String text() {
        return text;
    }

    /** As it stands in the JSON figures. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The paths of the other endpoints at the sink. */
    List<String> others() {
        return this == ALONE ? List.of() : BadEndpoint.PATHS;
    }

    /** Whether the others fall ill once the service is warm. */
    boolean fallsIll() {
        return this == BESIDE_BAD;
    }
}
