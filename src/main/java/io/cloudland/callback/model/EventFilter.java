package io.cloudland.callback.model;

/**
 * Which events an endpoint wants: those that every one of these choices takes.
 *
 * @param command the names of commands, as they arrive
 * @param status the status after the change
 * @param transition from which status to which
 */
public record EventFilter(
        Choice<ResourceType> resourceType,
        Choice<String> command,
        Choice<Action> action,
        Choice<String> status,
        Choice<String> tenantId,
        Choice<String> region,
        Choice<Transition> transition) {

    /** Wants every event. */
    public static final EventFilter EVERYTHING = new EventFilter(
            Choice.any(), Choice.any(), Choice.any(), Choice.any(), Choice.any(), Choice.any(), Choice.any());

    /** Whether every event is wanted. */
    public boolean isEverything() {
        return resourceType.isAny()
                && command.isAny()
                && action.isAny()
                && status.isAny()
                && tenantId.isAny()
                && region.isAny()
                && transition.isAny();
    }
}
