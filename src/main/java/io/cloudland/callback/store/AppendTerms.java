package io.cloudland.callback.store;

import java.util.Optional;

/**
 * On what terms a change is accepted.
 *
 * @param onlyIfChanged leave everything as it is where the resource's last known status is this one already
 * @param key accept it once only: what it led to is remembered, and is the answer to every further append with this key
 * @param kept the part of a kept command that this fulfils: its event takes the id promised, and the part leaves the
 *     {@link Inbox} in the same commit. Such a change has its place in the queue already and is never a duplicate of itself
 */
public record AppendTerms(boolean onlyIfChanged, Optional<CommandKey> key, Optional<KeptPart> kept) {

    private static final AppendTerms ALWAYS = new AppendTerms(false, Optional.empty(), Optional.empty());
    private static final AppendTerms ONLY_IF_CHANGED = new AppendTerms(true, Optional.empty(), Optional.empty());

    /** Of a command without id. */
    public static AppendTerms of(boolean onlyIfChanged) {
        return onlyIfChanged ? ONLY_IF_CHANGED : ALWAYS;
    }

    /** Of a command that may be sent again. */
    public static AppendTerms once(boolean onlyIfChanged, Optional<CommandKey> key) {
        return key.isEmpty() ? of(onlyIfChanged) : new AppendTerms(onlyIfChanged, key, Optional.empty());
    }

    /** Of a command that was kept. */
    public static AppendTerms fulfilling(boolean onlyIfChanged, KeptPart kept) {
        return new AppendTerms(onlyIfChanged, Optional.empty(), Optional.of(kept));
    }
}
