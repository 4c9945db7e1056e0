package io.cloudland.callback.http;

/** What comes of checking a signed request. */
public sealed interface SignatureVerdict {

    /** Signed with one of the secrets, lately, and unchanged since. */
    record Valid() implements SignatureVerdict {}

    /**
     * Not to be trusted.
     *
     * @param why for an operator's eyes; holds no secret, nothing of the body, and is not for the sender
     */
    record Invalid(String why) implements SignatureVerdict {}
}
