package io.cloudland.callback.store;

import io.vertx.core.Future;
import java.util.List;

/**
 * Keeps commands whose events cannot be made yet, in the order of their arrival, through restarts. Part of an
 * {@link EventStore} that is durable: an append on terms that name a kept part takes the part out, in one commit.
 */
public interface Inbox {

    /**
     * Keeps a command; completes when it is as durable as an append. Its parts count as pending for {@code queue_size}.
     *
     * @return for each part, in order: {@link AppendResult.Kept}, or where its key is known from before, what it was then,
     *     and that part is not kept. Fails with {@code QUEUE_FULL}, having kept nothing, where there is no room
     */
    Future<List<AppendResult>> keep(KeptCommand command);

    /**
     * What is kept, in the order of arrival. What cannot be read is left out, told of, and stays where it is.
     *
     * @param afterArrival only commands that arrived after this one; 0 for all
     * @param limit at most so many commands, 1 or more
     */
    Future<List<KeptCommand>> after(long afterArrival, int limit);

    /**
     * Takes over what nodes that are gone had kept; from then on it is kept by this one, and an append or a drop of the old owner
     * finds nothing. Asked again with the same numbers after a failure, it answers what the failed one took over, too.
     *
     * @param firstArrival the first of {@code limit} arrivals that are used for nothing else; they get those, in their old order
     * @param limit at most so many commands, 1 or more
     * @return those that this node keeps under these arrivals, in order; none where the store is this node's alone
     */
    default Future<List<KeptCommand>> adopt(long firstArrival, int limit) {
        return Future.succeededFuture(List.of());
    }

    /** Lets a part go without an event. Tried again for as long as the store cannot write. */
    Future<Void> drop(KeptPart part);

    /** The greatest arrival that was kept when the store was opened, 0 for none: whatever comes now has a greater one. */
    long lastArrival();

    /** How many parts are kept now. */
    long size();
}
