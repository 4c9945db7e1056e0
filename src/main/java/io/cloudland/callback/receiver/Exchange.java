package io.cloudland.callback.receiver;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** One event on its way to an answer. */
record Exchange(HttpServerRequest request, Buffer body, Arrival arrival) {}
