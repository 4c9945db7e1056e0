package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceState;
import java.util.Optional;

/** Makes a full resource change of what a command says, what the lookup knows and what was known last. Pure. */
final class Enricher {

    private static final Optional<String> DELETED = Optional.of("deleted");
    private static final Optional<String> ERROR = Optional.of("error");
    private static final String NOBODY_SAYS = "unknown";

    private Enricher() {}

    /**
     * The change that a command made to the resource it mentions.
     *
     * <p>A snapshot wins whole over the last known state, except that a tenant it does not name is kept. Without a
     * snapshot the last known state stands in, so that the event of a deleted row still says what it was.
     *
     * @throws CallbackException {@code RESOURCE_UNKNOWN} where there is neither a snapshot nor a last state,
     *     {@code INVALID_SNAPSHOT} where the snapshot is of another resource
     */
    static ResourceChange enrich(
            CommandDefinition definition,
            Mention mention,
            CommandMessage command,
            Optional<ResourceSnapshot> snapshot,
            Optional<ResourceState> last,
            Optional<String> region) {
        String status = status(definition, mention, command, snapshot)
                .or(() -> snapshot.isPresent() ? Optional.empty() : Implied.status(definition))
                .or(() -> last.map(ResourceState::status))
                .orElse(NOBODY_SAYS);
        return snapshot.isPresent()
                ? fromSnapshot(definition, mention, command, snapshot.get(), last, region, status)
                : fromLastState(definition, command, known(mention, command, last), region, status);
    }

    /** Whether the last known state can still add something to what the snapshot and the command say. */
    static boolean needsLastState(
            CommandDefinition definition,
            Mention mention,
            CommandMessage command,
            Optional<ResourceSnapshot> snapshot) {
        return snapshot.isEmpty()
                || snapshot.get().tenantId().isEmpty()
                || status(definition, mention, command, snapshot).isEmpty();
    }

    /**
     * The new status, before the last known one is asked: a carried snapshot's, else the command's own, else the
     * lookup's. A command that was executed in an error context marked its resource as such, whatever else is said. Of a deletion and of a status report the command's word comes first: it is what they are about. It beats
     * the looked-up row because a read replica can lag behind the command; a snapshot that came with it cannot.
     */
    private static Optional<String> status(
            CommandDefinition definition,
            Mention mention,
            CommandMessage command,
            Optional<ResourceSnapshot> snapshot) {
        if (command.failed()) {
            return ERROR;
        }
        if (definition.action() == Action.DELETED) {
            return mention.status().or(() -> DELETED);
        }
        Optional<String> row = snapshot.isPresent() ? snapshot.get().status() : Optional.empty();
        boolean carried = command.snapshot().isPresent() && !mention.onlyIfChanged();
        Optional<String> first = carried ? row : mention.status();
        if (first.isPresent()) {
            return first;
        }
        return carried ? mention.status() : row;
    }

    private static ResourceChange fromSnapshot(
            CommandDefinition definition,
            Mention mention,
            CommandMessage command,
            ResourceSnapshot snapshot,
            Optional<ResourceState> last,
            Optional<String> region,
            String status) {
        return new ResourceChange(
                checked(mention.locator(), snapshot.resource(), command),
                snapshot.uuid(),
                status,
                definition.action(),
                command.name(),
                command.timestamp(),
                snapshot.tenantId().or(() -> last.flatMap(ResourceState::tenantId)),
                region,
                snapshot.metadata());
    }

    private static ResourceChange fromLastState(
            CommandDefinition definition,
            CommandMessage command,
            ResourceState last,
            Optional<String> region,
            String status) {
        return new ResourceChange(
                last.resource(),
                last.uuid(),
                status,
                definition.action(),
                command.name(),
                command.timestamp(),
                last.tenantId(),
                region,
                Implied.metadata(definition, command, last.metadata()));
    }

    private static ResourceRef checked(ResourceLocator named, ResourceRef found, CommandMessage command) {
        boolean same = named instanceof ResourceLocator.ById byId
                ? byId.resource().equals(found)
                : found.type() == named.type();
        if (!same) {
            throw new CallbackException(
                    ErrorCode.INVALID_SNAPSHOT,
                    "command " + command.name() + " names " + named + ", but the snapshot is of " + found);
        }
        return found;
    }

    private static ResourceState known(Mention mention, CommandMessage command, Optional<ResourceState> last) {
        return last.orElseThrow(() -> new CallbackException(
                ErrorCode.RESOURCE_UNKNOWN,
                "command " + command.name() + ": " + whoDoesNotKnow(mention.locator())
                        + "; send its snapshot as `resource` with the command, or configure [callback.lookup]"));
    }

    private static String whoDoesNotKnow(ResourceLocator locator) {
        return locator instanceof ResourceLocator.InterfaceByMac
                ? locator + " is unknown to the lookup, and last known states are found by id only, so neither its id"
                        + " nor its uuid can be told"
                : locator + " is unknown, both to the lookup and as a last known state, so its uuid cannot be told";
    }
}
