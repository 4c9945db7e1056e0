package io.cloudland.callback.cli.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much a process logs. */
enum LogLevel {
    OFF,
    ERROR,
    WARN,
    INFO;

    /** Makes it the level of this JVM, where the logging behind slf4j is logback; quieter loggers stay quieter. */
    void apply() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            Level level = Level.toLevel(name());
            root.getLoggerContext().getLoggerList().stream()
                    .filter(logger -> logger.getLevel() != null && level.isGreaterOrEqual(logger.getLevel()))
                    .forEach(logger -> logger.setLevel(level));
            root.setLevel(level);
        }
    }
}
