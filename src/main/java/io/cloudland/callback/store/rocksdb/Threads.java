package io.cloudland.callback.store.rocksdb;

import org.jspecify.annotations.Nullable;

/** Waits for threads that use the database: it must not be closed under them, whatever interrupts. */
final class Threads {

    private Threads() {}

    static void join(@Nullable Thread thread) {
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
