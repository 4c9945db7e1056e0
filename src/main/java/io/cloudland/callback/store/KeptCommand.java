package io.cloudland.callback.store;

import io.cloudland.callback.model.CommandMessage;
import java.util.List;

/**
 * A command whose events cannot be made yet.
 *
 * @param arrival its place in the order of arrival, 1 or more; greater than that of every command before it
 * @param parts what of it is still open, in the command's order
 */
public record KeptCommand(long arrival, CommandMessage command, List<KeptPart> parts) {}
