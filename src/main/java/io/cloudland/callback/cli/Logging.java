package io.cloudland.callback.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application's logging; a host that embeds the library brings its own. */
final class Logging {

    private static final String CONFIGURATION = "io/cloudland/callback/cli/logback-callback.xml";

    private Logging() {}

    /** Must run before the first logger is made. What the user set stays. */
    static void configure() {
        setIfAbsent("logback.configurationFile", CONFIGURATION);
        setIfAbsent("hazelcast.logging.type", "slf4j");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Lets only errors through, for a command whose own output is what counts. */
    static void errorsOnly() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.ERROR);
        }
    }

    /** Writes out what still waits in the queue. Nothing is logged after this. */
    static void flush() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
