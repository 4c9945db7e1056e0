package io.cloudland.callback.config;

/**
 * Where a value comes from.
 *
 * @param source a file's path, or for example {@code environment CALLBACK_URL}
 * @param line from 1; 0 where the source has no lines
 * @param column from 1; 0 where the source has no lines
 */
record Origin(Layer layer, String source, int line, int column) {

    /** The layers of the configuration; a later one overrides an earlier one. */
    enum Layer {
        DEFAULT,
        FILE,
        ENVIRONMENT,
        SYSTEM_PROPERTIES,
        HOST
    }

    static final Origin DEFAULT = new Origin(Layer.DEFAULT, "default", 0, 0);
    static final Origin HOST = new Origin(Layer.HOST, "deployment options", 0, 0);

    static Origin environment(String variable) {
        return new Origin(Layer.ENVIRONMENT, "environment " + variable, 0, 0);
    }

    static Origin systemProperty(String name) {
        return new Origin(Layer.SYSTEM_PROPERTIES, "system property " + name, 0, 0);
    }

    static Origin file(String path) {
        return new Origin(Layer.FILE, path, 0, 0);
    }

    Origin at(int newLine, int newColumn) {
        return new Origin(layer, source, newLine, newColumn);
    }

    /** As it starts a problem, for example {@code conf/config.toml:7:11}. */
    String place() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }

    /** As it ends a line of the report, for example {@code conf/config.toml:7}. */
    String brief() {
        return line == 0 ? source : source + ":" + line;
    }
}
