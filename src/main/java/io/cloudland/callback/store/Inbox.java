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

    /** Lets a part go without an event. Tried again for as long as the store cannot write. */
    Future<Void> drop(KeptPart part);

    /** The greatest arrival that was kept when the store was opened, 0 for none: whatever comes now has a greater one. */
    long lastArrival();

    /** How many parts are kept now. */
    long size();
}
