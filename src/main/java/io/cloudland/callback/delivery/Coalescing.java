package io.cloudland.callback.delivery;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceChangeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which of the deliveries that wait in a resource's line are not sent, because a newer one stands for them. Pure.
 *
 * <p>Each is merged into the one behind it, that one into the next, up to one that must go out: the last, or one that is never
 * merged away. So none of them overtakes one that is sent. Creations, deletions and errors go out always, and so does what was
 * tried before: the endpoint may have it already.
 */
final class Coalescing {

    /**
     * One that goes out, and those that end for it.
     *
     * @param standing with all that it stands for from then on
     * @param merged oldest first, one or more
     */
    record Merge(Delivery standing, List<Delivery> merged) {

        static Merge of(List<Delivery> run) {
            List<Delivery> merged = List.copyOf(run.subList(0, run.size() - 1));
            Delivery last = run.get(run.size() - 1);
            Coalesced others = last.coalesced();
            for (Delivery one : merged) {
                others = others.and(one);
            }
            return new Merge(last.withCoalesced(others), merged);
        }

        /** Whether it is one of those that end. */
        boolean ends(Delivery delivery) {
            return merged.stream().anyMatch(one -> one.position() == delivery.position());
        }
    }

    private Coalescing() {}

    /**
     * What is to be merged.
     *
     * @param waiting of one resource to one endpoint, in the order in which they would be sent, none of them under way
     */
    static List<Merge> of(List<Delivery> waiting) {
        List<Merge> merges = new ArrayList<>();
        List<Delivery> run = new ArrayList<>();
        for (Delivery delivery : waiting) {
            if (!run.isEmpty() && !canStandFor(delivery, run.get(run.size() - 1))) {
                close(run, merges);
            }
            run.add(delivery);
            if (!canBeMerged(delivery)) {
                close(run, merges);
            }
        }
        close(run, merges);
        return merges;
    }

    private static void close(List<Delivery> run, List<Merge> merges) {
        if (run.size() > 1) {
            merges.add(Merge.of(run));
        }
        run.clear();
    }

    /** A replayed event stands behind newer ones, and cannot tell what became of them. */
    private static boolean canStandFor(Delivery newer, Delivery older) {
        return newer.attemptsMade() == 0
                && newer.event().sequence() > older.event().sequence()
                && newer.event().epoch().equals(older.event().epoch());
    }

    /** Whether it need not go out where a newer one does. */
    static boolean canBeMerged(Delivery delivery) {
        return delivery.attemptsMade() == 0 && !isLandmark(delivery.event());
    }

    private static boolean isLandmark(ResourceChangeEvent event) {
        Action action = event.change().action();
        String status = event.change().status().toLowerCase(Locale.ROOT);
        return action == Action.CREATED
                || action == Action.DELETED
                || status.equals(Action.CREATED.wireName())
                || status.equals(Action.DELETED.wireName())
                || Stream.of("error", "fail").anyMatch(status::contains);
    }
}
