package io.cloudland.callback.cli.bench;

import java.util.Locale;

/** Who sends, in the order of a round. */
enum SenderKind {
    BARE(BareLoopProcess.class, "bare HttpClient loop"),
    SERVICE(ServiceProcess.class, "service");

    private final Class<?> main;
    private final String text;

    SenderKind(Class<?> main, String text) {
        this.main = main;
        this.text = text;
    }

    Class<?> main() {
        return main;
    }

    /** As it stands in the JSON figures and in file names. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String text() {
        return text;
    }
}
