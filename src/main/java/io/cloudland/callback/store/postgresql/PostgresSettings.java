package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.Retention;
import io.cloudland.callback.model.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a {@link PostgresEventStore} keeps what it is given, and within which bounds.
 *
 * @param uri {@code postgresql://user@host:port/database}
 * @param password kept out of the uri so that it can come from the environment or a file
 * @param schema made where it is not there; for services that share what is in it, and for nobody else
 * @param node whose kept commands are those of this store; the same after a restart, another for each node
 * @param poolSize how many connections read; one more writes
 * @param timeout how long one commit or one read may take
 * @param pollInterval how often it is looked for what other nodes have kept, in case a notification got lost
 * @param waitWhenAway how long a command may wait for the database while that is away; zero for not at all
 * @param lease how long the other nodes wait for one that fell silent: what it holds locked must be free by then
 * @param queueSize how many deliveries may be open before appends are refused
 * @param retention what is kept of deliveries that have ended
 * @param dedupWindow how long it is remembered what a command with an id led to; zero for not at all
 */
public record PostgresSettings(
        String uri,
        Optional<Secret> password,
        String schema,
        String node,
        int poolSize,
        Duration timeout,
        Duration pollInterval,
        Duration waitWhenAway,
        Duration lease,
        int queueSize,
        Retention retention,
        Duration dedupWindow) {}
