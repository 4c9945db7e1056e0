package io.cloudland.callback.store;

/**
 * What makes a command's change of one resource the same when the command is sent again.
 *
 * @param id the sender's idempotency key
 * @param mention which resource of the command is meant, in words that are the same each time it is sent
 */
public record CommandKey(String id, String mention) {

    @Override
    public String toString() {
        return mention + " of command id " + id;
    }
}
