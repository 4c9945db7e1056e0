package io.cloudland.callback.store;

/** Hears that a slot has something new to deliver. Must return at once; called on any thread. */
@FunctionalInterface
public interface AppendListener {
    void appended(int slot);
}
