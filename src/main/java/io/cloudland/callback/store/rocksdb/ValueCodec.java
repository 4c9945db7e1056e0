package io.cloudland.callback.store.rocksdb;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON values as bytes: one byte for the kind, then the value. The order of keys is kept, and so is the type of numbers. */
final class ValueCodec {

    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int TEXT = 3;
    private static final int INTEGER = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int FLOAT = 7;
    private static final int BIG_INTEGER = 8;
    private static final int BIG_DECIMAL = 9;
    private static final int LIST = 10;
    private static final int MAP = 11;

    private ValueCodec() {}

    static void put(Encoder to, Map<String, ?> values) {
        to.putNumber(values.size());
        values.forEach((key, value) -> putValue(to.putText(key), value));
    }

    static Map<String, Object> getMap(Decoder from) {
        int size = from.getSmallNumber();
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            putInto(values, from.getText(), getValue(from));
        }
        return Collections.unmodifiableMap(values);
    }

    @SuppressWarnings("NullAway") // A JSON null is a value like any other.
    private static void putInto(Map<String, Object> values, String key, @Nullable Object value) {
        values.put(key, value);
    }

    private static void putValue(Encoder to, @Nullable Object value) {
        if (value == null) {
            to.putByte(NULL);
        } else if (value instanceof Boolean flag) {
            to.putByte(flag ? TRUE : FALSE);
        } else if (value instanceof Number number) {
            putNumber(to, number);
        } else if (value instanceof List<?> list) {
            to.putByte(LIST).putNumber(list.size());
            list.forEach(item -> putValue(to, item));
        } else if (value instanceof Map<?, ?> map) {
            to.putByte(MAP).putNumber(map.size());
            map.forEach((key, item) -> putValue(to.putText(String.valueOf(key)), item));
        } else {
            to.putByte(TEXT).putText(value.toString());
        }
    }

    private static void putNumber(Encoder to, Number number) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            to.putByte(INTEGER).putNumber(number.longValue());
        } else if (number instanceof Long) {
            to.putByte(LONG).putNumber(number.longValue());
        } else if (number instanceof Double) {
            to.putByte(DOUBLE).putLong(Double.doubleToRawLongBits(number.doubleValue()));
        } else if (number instanceof Float) {
            to.putByte(FLOAT).putLong(Double.doubleToRawLongBits(number.doubleValue()));
        } else if (number instanceof BigInteger) {
            to.putByte(BIG_INTEGER).putText(number.toString());
        } else {
            to.putByte(BIG_DECIMAL).putText(number.toString());
        }
    }

    private static @Nullable Object getValue(Decoder from) {
        int kind = from.getByte();
        return switch (kind) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case TEXT -> from.getText();
            case INTEGER -> (int) from.getNumber();
            case LONG -> from.getNumber();
            case DOUBLE -> Double.longBitsToDouble(from.getLong());
            case FLOAT -> (float) Double.longBitsToDouble(from.getLong());
            case BIG_INTEGER -> new BigInteger(from.getText());
            case BIG_DECIMAL -> new BigDecimal(from.getText());
            case LIST -> getList(from);
            case MAP -> getMap(from);
            default -> throw new IllegalArgumentException("a value has the unknown kind " + kind);
        };
    }

    private static List<@Nullable Object> getList(Decoder from) {
        int size = from.getSmallNumber();
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(getValue(from));
        }
        return Collections.unmodifiableList(list);
    }
}
