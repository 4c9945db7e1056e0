package io.cloudland.callback.model;

/** A value that may be used but never shown: its text form is always {@code ***}. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
