package io.cloudland.callback.registry;

import io.vertx.core.Future;

/** A piece of work that waits its turn in a {@link ResourceSequencer}. */
@FunctionalInterface
interface TurnWork<T> {

    /**
     * Its turn has come; it lasts until the future completes.
     *
     * @param stall to be called, once or more, where that will take long
     */
    Future<T> run(Runnable stall);

    /** It, or work before it in one of its lines, takes long. Called once at most, before or while it runs. */
    default void stalled() {}
}
