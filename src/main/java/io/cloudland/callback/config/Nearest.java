package io.cloudland.callback.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Guesses which option or table somebody meant. */
final class Nearest {

    /** How long the path to a free name is: callback, commands or endpoints, name. */
    private static final int NAME_DEPTH = 3;

    private record Candidate(String key, int distance) {}

    private Nearest() {}

    /** Ends the problem of an unknown key: the nearest one, or what there is at its place. */
    static String advice(List<String> path) {
        return option(path).map(key -> "did you mean " + key + "?").orElseGet(() -> known(path));
    }

    /** The option or table that is so near that a slip explains the difference. */
    static Optional<String> option(List<String> path) {
        return Stream.concat(candidates(path).map(key -> sameTable(path, key)), strayed(path))
                .filter(candidate -> candidate.distance() <= tolerance(path))
                .min(Comparator.comparingInt(Candidate::distance))
                .map(Candidate::key);
    }

    /** Options and tables as they would read at that depth, with the free name as it was written. */
    private static Stream<String> candidates(List<String> path) {
        return OptionTable.ALL.stream()
                .filter(option -> !(option.isNamed() && path.size() == NAME_DEPTH)) // A free name is never wrong.
                .map(option -> named(option, path))
                .filter(candidate -> candidate.size() >= path.size())
                .map(candidate -> Shown.key(candidate.subList(0, path.size())))
                .distinct();
    }

    private static List<String> named(Option<?> option, List<String> path) {
        return path.size() >= NAME_DEPTH ? option.path(path.get(NAME_DEPTH - 1)) : option.path();
    }

    private static Candidate sameTable(List<String> path, String key) {
        String written = plain(Shown.key(path));
        String known = plain(key);
        return new Candidate(key, isPart(last(written), last(known)) ? 1 : distance(written, known));
    }

    /** {@code interval} for {@code retry_interval}, {@code timeout_seconds} for {@code timeout}. */
    private static boolean isPart(String one, String other) {
        return Math.min(one.length(), other.length()) >= 4 && (one.contains(other) || other.contains(one));
    }

    private static String last(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** The right key in the wrong table. */
    private static Stream<Candidate> strayed(List<String> path) {
        String last = plain(path.get(path.size() - 1));
        return OptionTable.ALL.stream()
                .filter(option -> !option.isNamed() && plain(option.name()).equals(last))
                .map(option -> new Candidate(option.key(), 1));
    }

    private static int tolerance(List<String> path) {
        return Math.max(1, path.get(path.size() - 1).length() / 3);
    }

    private static String known(List<String> path) {
        int depth = path.size();
        return "there are "
                + candidates(path)
                        .filter(key -> OptionTable.parentOf(key).equals(Shown.key(path.subList(0, depth - 1))))
                        .map(Nearest::last)
                        .collect(Collectors.joining(", "));
    }

    /** Case and separators say nothing: {@code retryMax} and {@code retry-max} are {@code retry_max}. */
    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** How many letters to change, add, leave out or swap with their neighbour. */
    static int distance(String one, String other) {
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, one, other, i, j);
            }
        }
        return steps[one.length()][other.length()];
    }

    private static int step(int[][] steps, String one, String other, int i, int j) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best = Math.min(steps[i - 1][j - 1] + change, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}
