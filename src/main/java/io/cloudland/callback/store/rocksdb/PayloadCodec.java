package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Payload;
import java.util.LinkedHashMap;
import java.util.Map;

/** The payload at the end of a delivery's row: content type, body, and headers where it has any. */
final class PayloadCodec {

    private PayloadCodec() {}

    static Encoder put(Encoder to, Payload payload) {
        to.putText(payload.contentType()).putBytes(payload.body());
        if (!payload.headers().isEmpty()) {
            to.putNumber(payload.headers().size());
            payload.headers().forEach((name, value) -> to.putText(name).putText(value));
        }
        return to;
    }

    static Payload get(Decoder from, boolean withHeaders) {
        String contentType = from.getText();
        byte[] body = from.getBytes();
        return new Payload(contentType, body, withHeaders ? getHeaders(from) : Map.of());
    }

    private static Map<String, String> getHeaders(Decoder from) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int left = from.getSmallNumber(); left > 0; left--) {
            headers.put(from.getText(), from.getText());
        }
        return headers;
    }
}
