package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.rocksdb.RocksDBException;

/** Reads from the database on a thread of its own, one after the other: never on an event loop, never in a commit's way. */
final class Reader {

    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean stopped;

    /** One read. */
    @FunctionalInterface
    interface Task<T> {
        T read() throws RocksDBException;
    }

    Reader(String threadName) {
        thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Runs the task; the future completes on the caller's context.
     *
     * @param what what is read, for the message of a failure
     */
    <T> Future<T> read(String what, Task<T> task) {
        Answer<T> answer = new Answer<>();
        queue.add(() -> run(answer, what, task));
        if (stopped) {
            refuseTheRest();
        }
        return answer.future();
    }

    /** Whether what is under way should end. */
    boolean isStopping() {
        return stopped;
    }

    private <T> void run(Answer<T> answer, String what, Task<T> task) {
        if (stopped) {
            answer.fail(Entrance.stopping());
            return;
        }
        try {
            answer.succeed(task.read());
        } catch (RocksDBException | IllegalArgumentException e) {
            answer.fail(new CallbackException(
                    ErrorCode.STORE_FAILED, what + " could not be read from the store: " + e.getMessage(), e));
        } catch (RuntimeException | Error e) { // The thread must outlive it: all reads are its own.
            answer.fail(CallbackException.of(e, what + " could not be read from the store"));
        }
    }

    private void run() {
        while (!stopped) {
            try {
                queue.take().run();
            } catch (InterruptedException e) {
                stopped = true;
            }
        }
        refuseTheRest();
    }

    /** Each answers that the store is closed. */
    private void refuseTheRest() {
        for (Runnable waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.run();
        }
    }

    /** Lets the read that is under way end, and answers the others that the store is closed. */
    void stop() {
        stopped = true;
        queue.add(() -> {});
        Threads.join(thread);
    }
}
