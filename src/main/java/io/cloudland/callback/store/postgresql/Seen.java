package io.cloudland.callback.store.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudland.callback.model.EventId;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.CommandKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * What a command with an id led to.
 *
 * @param key see {@link #keyOf}
 * @param eventId empty where it changed nothing
 */
record Seen(String key, Instant at, Optional<EventId> eventId) {

    private static final int KEY_BYTES = 16;

    AppendResult asResult() {
        return eventId.isPresent() ? new AppendResult.Duplicate(eventId.get()) : new AppendResult.Unchanged();
    }

    /** As short as an index likes it, however long the sender's id is: 128 bits of a digest. */
    static String keyOf(CommandKey key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] id = key.id().getBytes(UTF_8);
            digest.update((id.length + ":").getBytes(UTF_8)); // So that id and mention cannot run into each other.
            digest.update(id);
            byte[] all = digest.digest(key.mention().getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(all, KEY_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
