package io.cloudland.callback.model;

import java.util.List;
import java.util.stream.Collectors;

/** A set of HTTP statuses, 300 to 999: a 2xx is always a success. */
public record StatusSet(List<Range> ranges) {

    /** The lowest status that can be a failure. */
    public static final int MIN = 300;

    /** The highest status that can be written. */
    public static final int MAX = 999;

    public static final StatusSet NONE = new StatusSet(List.of());

    /** What the platform's specification retries: everything but a 2xx. */
    public static final StatusSet SPECIFICATION = new StatusSet(List.of(new Range(MIN, MAX)));

    /** What Standard Webhooks retries: the same, but 410, by which an endpoint says that it is gone for good. */
    public static final StatusSet STANDARD = new StatusSet(List.of(new Range(MIN, 409), new Range(411, MAX)));

    /** Statuses from {@code first} to {@code last}, both included. */
    public record Range(int first, int last) {

        public Range {
            if (first < MIN || last > MAX || first > last) {
                throw new IllegalArgumentException("no range of statuses: " + first + "-" + last);
            }
        }

        boolean contains(int status) {
            return first <= status && status <= last;
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    public StatusSet {
        ranges = List.copyOf(ranges);
    }

    public boolean contains(int status) {
        for (Range range : ranges) {
            if (range.contains(status)) {
                return true;
            }
        }
        return false;
    }

    /** As the configuration writes it, for example {@code 408, 500-599}. */
    @Override
    public String toString() {
        if (equals(SPECIFICATION)) {
            return "specification";
        }
        return equals(STANDARD)
                ? "standard"
                : ranges.stream().map(Range::toString).collect(Collectors.joining(", "));
    }
}
