package io.cloudland.callback.cli.bench;

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

    /** The order of a round: every other one goes backwards, so that a machine that slows down by and by favours nobody. */
    static List<IsolationCompany> inOrderOf(int round) {
        return round % 2 == 1 ? List.of(ALONE, BESIDE_WELL, BESIDE_BAD) : List.of(BESIDE_BAD, BESIDE_WELL, ALONE);
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
