package io.cloudland.callback.cli.jvm;

/** The other process ended before it answered: whether it did what it was asked for is not known. */
public final class WireEnded extends RuntimeException {

    WireEnded() {
        super("the other process ended before it answered", null, false, false);
    }
}
