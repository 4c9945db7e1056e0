package io.cloudland.callback.cli.jvm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that runs a class of our own class path in a JVM like this one.
 *
 * @param before the words before {@code java}, for example {@code taskset -c 1}; empty for none
 * @param options of the JVM, for example {@code -Xmx256m}
 */
public record JavaCommand(List<String> before, List<String> options, Class<?> main, List<String> arguments) {

    /** Passed on, so that the service in the child logs as the application does. */
    private static final String LOGGING = "logback.configurationFile";

    /** A builder for its process, in which nothing that the shell says to a real service counts. */
    public ProcessBuilder toProcess() {
        ProcessBuilder builder = new ProcessBuilder(words());
        builder.environment().keySet().removeIf(name -> name.startsWith("CALLBACK_"));
        return builder;
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(before);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String logging = System.getProperty(LOGGING);
        if (logging != null) {
            words.add("-D" + LOGGING + "=" + logging);
        }
        words.addAll(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(arguments);
        return words;
    }
}
