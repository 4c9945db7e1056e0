package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.ResourceType;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Conditions that all hold, with their parameters in order. Confined to whoever builds it. */
final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final Tuple parameters = Tuple.tuple();

    static Where of(DeadLetterFilter filter) {
        Where where = new Where()
                .is("event_id", filter.eventId())
                .is("endpoint", filter.endpoint())
                .isOf(filter.type(), filter.resourceId())
                .is("status", filter.status())
                .isWithin("died_at", filter.diedFrom(), filter.diedBefore());
        filter.reason()
                .ifPresent(part -> where.and("position(%s::text in lower(reason)) > 0", part.toLowerCase(Locale.ROOT)));
        return where;
    }

    static Where of(DeliveryFilter filter) {
        Where where = new Where()
                .is("event_id", filter.eventId())
                .is("endpoint", filter.endpoint())
                .isOf(filter.type(), filter.resourceId());
        filter.tried().ifPresent(tried -> where.and("(attempts > 0) = %s::boolean", tried));
        return where;
    }

    /** @param notBefore attempts that started earlier count as forgotten */
    static Where of(AttemptFilter filter, Instant notBefore) {
        Where where = new Where()
                .is("event_id", filter.eventId())
                .is("endpoint", filter.endpoint())
                .isOf(filter.type(), filter.resourceId())
                .isWithin("started_at", filter.from(), filter.before())
                .isWithin("started_at", Optional.of(notBefore), Optional.empty());
        filter.succeeded()
                .ifPresent(took -> where.and("became <> 'COALESCED' and (became = 'DELIVERED') = %s::boolean", took));
        return where;
    }

    private Where is(String column, Optional<String> value) {
        value.ifPresent(wanted -> and(column + " = %s::text", Rows.text(wanted)));
        return this;
    }

    private Where isOf(Optional<ResourceType> type, OptionalLong id) {
        type.ifPresent(wanted -> and("resource_type = %s::text", wanted.wireName()));
        id.ifPresent(wanted -> and("resource_id = %s::bigint", wanted));
        return this;
    }

    private Where isWithin(String column, Optional<Instant> from, Optional<Instant> before) {
        from.ifPresent(first -> and(column + " >= %s::timestamptz", Rows.time(first)));
        before.ifPresent(end -> and(column + " < %s::timestamptz", Rows.time(end)));
        return this;
    }

    /** @param condition with {@code %s} where the parameter stands */
    Where and(String condition, Object parameter) {
        conditions.add(String.format(Locale.ROOT, condition, parameter(parameter)));
        return this;
    }

    /** Adds a parameter that stands outside the conditions; returns how it is written there. */
    String parameter(Object value) {
        parameters.addValue(value);
        return "$" + parameters.size();
    }

    Tuple parameters() {
        return parameters;
    }

    /** The conditions as an expression. */
    @Override
    public String toString() {
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }
}
