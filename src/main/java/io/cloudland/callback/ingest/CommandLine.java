package io.cloudland.callback.ingest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A decoded command line, such as {@code /opt/cloudland/launch_vm.sh '127' 'running'}.
 *
 * <p>The platform's quoting has no escape: a quote inside a quoted argument is just a character. So an argument ends only
 * at a quote that is followed by white space and another quote, by white space and {@code <<}, or by the end of the line;
 * where none of these comes, it takes the rest of the line. Decoding never fails and takes linear time, whatever the text.
 *
 * @param name the last path segment of the first word, without {@code .sh}; empty when the line holds none
 * @param args the first word as written, then the arguments; empty when the line is blank
 */
public record CommandLine(String name, List<String> args) {

    private static final String SCRIPT_SUFFIX = ".sh";
    private static final String HERE_DOCUMENT = "<<";

    /** The name alone, without looking at the arguments: cheap enough for commands that nobody registered. */
    public static String nameOf(String line) {
        int start = skipSpace(line, 0);
        return nameIn(line, start, endOfWord(line, start));
    }

    /** The whole line; a here-document at its end is dropped. */
    public static CommandLine decode(String line) {
        int start = skipSpace(line, 0);
        int end = endOfWord(line, start);
        if (start == end) {
            return new CommandLine("", List.of());
        }
        List<String> args = new ArrayList<>();
        args.add(line.substring(start, end));
        takeArguments(line, end, args);
        return new CommandLine(nameIn(line, start, end), Collections.unmodifiableList(args));
    }

    private static void takeArguments(String line, int from, List<String> args) {
        int at = skipSpace(line, from);
        while (at < line.length() && !line.startsWith(HERE_DOCUMENT, at)) {
            boolean quoted = line.charAt(at) == '\'';
            int start = quoted ? at + 1 : at;
            int end = quoted ? endOfQuoted(line, start) : endOfWord(line, start);
            args.add(line.substring(start, end));
            at = skipSpace(line, quoted ? end + 1 : end);
        }
    }

    private static int endOfQuoted(String line, int start) {
        int quote = line.indexOf('\'', start);
        while (quote >= 0 && !closes(line, quote)) {
            quote = line.indexOf('\'', quote + 1);
        }
        return quote < 0 ? line.length() : quote;
    }

    private static boolean closes(String line, int quote) {
        int next = skipSpace(line, quote + 1);
        if (next == line.length()) {
            return true;
        }
        return next > quote + 1 && (line.charAt(next) == '\'' || line.startsWith(HERE_DOCUMENT, next));
    }

    private static String nameIn(String line, int start, int end) {
        int from = Math.max(start, line.lastIndexOf('/', end - 1) + 1);
        int to = end - SCRIPT_SUFFIX.length();
        boolean script = to >= from && line.startsWith(SCRIPT_SUFFIX, to);
        return line.substring(from, script ? to : end);
    }

    private static int endOfWord(String line, int from) {
        int at = from;
        while (at < line.length() && !isSpace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int skipSpace(String line, int from) {
        int at = from;
        while (at < line.length() && isSpace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    /** White space as a shell knows it; an ideographic blank in an error text parts nothing. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
