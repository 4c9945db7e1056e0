package io.cloudland.callback.http;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Steps for the next turn of the sender's event loop: those of one turn share a task, which is most of what each would cost.
 * Confined to that loop.
 */
final class NextTurn {

    private final Context context;
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private boolean scheduled;

    NextTurn(Context context) {
        this.context = context;
    }

    /** Runs a step once what runs now has returned; in order, and whatever those before it throw. */
    void run(Runnable step) {
        steps.addLast(step);
        if (!scheduled) {
            schedule();
        }
    }

    private void schedule() {
        scheduled = true;
        context.runOnContext(turn -> runDue());
    }

    private void runDue() {
        try {
            for (int due = steps.size(); due > 0; due--) {
                steps.removeFirst().run();
            }
        } finally { // What a step threw is the context's to report.
            scheduled = false;
            if (!steps.isEmpty()) {
                schedule();
            }
        }
    }
}
