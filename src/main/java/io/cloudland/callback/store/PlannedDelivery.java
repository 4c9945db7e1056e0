package io.cloudland.callback.store;

import io.cloudland.callback.model.Payload;

/** A delivery to be kept: to which endpoint, with which bytes. */
public record PlannedDelivery(String endpoint, Payload payload) {}
