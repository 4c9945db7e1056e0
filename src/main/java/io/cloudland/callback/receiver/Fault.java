package io.cloudland.callback.receiver;

import java.time.Duration;

/** What a receiver does to an event instead of answering 200 at once. */
public sealed interface Fault {

    /** The fault as it stands in a fault text, for example {@code status=503}. */
    String text();

    /** Whether the fault decides the answer; only a delay does not. */
    default boolean isFinal() {
        return true;
    }

    /** Answers with this status; a 2xx counts as taken. */
    record Status(int code) implements Fault {
        @Override
        public String text() {
            return "status=" + code;
        }
    }

    /** Waits, then goes on with the next fault that strikes, or answers as usual. */
    record Delay(Duration pause) implements Fault {
        @Override
        public String text() {
            return "delay=" + Durations.text(pause);
        }

        @Override
        public boolean isFinal() {
            return false;
        }
    }

    /** Never answers; the connection stays open. */
    record Hang() implements Fault {
        @Override
        public String text() {
            return "hang";
        }
    }

    /** Answers 200 with a body that trickles and does not end. */
    record Drip(int bytes, Duration every) implements Fault {
        @Override
        public String text() {
            return "drip=" + bytes + "b/" + Durations.text(every);
        }
    }

    /** Ends the connection without an answer. */
    record Reset() implements Fault {
        @Override
        public String text() {
            return "reset";
        }
    }

    /** Answers 303 to another place: the redirect that turns a careless sender's POST into a GET. */
    record Redirect(String location) implements Fault {
        @Override
        public String text() {
            return "redirect=" + location;
        }
    }

    /** Answers with something that is not HTTP, then ends the connection. */
    record Garbage() implements Fault {
        @Override
        public String text() {
            return "garbage";
        }
    }
}
