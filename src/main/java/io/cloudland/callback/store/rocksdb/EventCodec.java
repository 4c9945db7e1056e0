package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;

/** Events and resources as bytes inside other rows. */
final class EventCodec {

    private EventCodec() {}

    static void put(Encoder to, ResourceChangeEvent event) {
        to.putText(event.id().value());
        putResource(to, event.resource());
        putChange(to, event.change());
        to.putText(event.previousStatus())
                .putNumber(event.sequence())
                .putText(event.epoch())
                .putInstant(event.recordedAt());
    }

    private static void putChange(Encoder to, ResourceChange change) {
        to.putText(change.uuid())
                .putText(change.status())
                .putText(change.action().wireName())
                .putText(change.command())
                .putInstant(change.occurredAt())
                .putText(change.tenantId())
                .putText(change.region());
        ValueCodec.put(to, change.metadata());
    }

    static ResourceChangeEvent get(Decoder from) {
        EventId id = new EventId(from.getText());
        ResourceChange change = getChange(from, getResource(from));
        return new ResourceChangeEvent(
                id, change, from.getOptionalText(), from.getNumber(), from.getText(), from.getInstant());
    }

    private static ResourceChange getChange(Decoder from, ResourceRef resource) {
        return new ResourceChange(
                resource,
                from.getText(),
                from.getText(),
                getAction(from),
                from.getText(),
                from.getInstant(),
                from.getOptionalText(),
                from.getOptionalText(),
                ValueCodec.getMap(from));
    }

    static void putResource(Encoder to, ResourceRef resource) {
        to.putText(resource.type().wireName()).putNumber(resource.id());
    }

    static ResourceRef getResource(Decoder from) {
        String type = from.getText();
        return new ResourceRef(
                ResourceType.ofWireName(type)
                        .orElseThrow(() -> new IllegalArgumentException("unknown resource type " + type)),
                from.getNumber());
    }

    private static Action getAction(Decoder from) {
        String action = from.getText();
        return Action.ofWireName(action).orElseThrow(() -> new IllegalArgumentException("unknown action " + action));
    }
}
