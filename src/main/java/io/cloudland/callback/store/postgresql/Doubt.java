package io.cloudland.callback.store.postgresql;

import java.util.List;
import java.util.Set;

/**
 * A commit that was sent and not answered.
 *
 * @param number what it left in the database if it happened, see {@link CommitMark}
 * @param entries what it was to keep, as decided
 * @param counts of these
 * @param slots that have something new to deliver if it happened
 */
record Doubt(long number, List<Entry<?>> entries, RunCounts counts, Set<Integer> slots) {}
