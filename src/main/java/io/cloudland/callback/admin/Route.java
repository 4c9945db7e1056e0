package io.cloudland.callback.admin;

import io.vertx.core.Future;
import java.util.Optional;

/**
 * One operation of the API.
 *
 * @param path as it is asked for; where it ends with {@code /*}, one more segment stands there, and is handed on
 */
record Route(String method, String path, Operation operation) {

    private static final String ANY = "/*";

    /** What a route does. */
    @FunctionalInterface
    interface Operation {
        /**
         * Answers a request.
         *
         * @param segment the last segment of a path that ends with {@code /*}, else empty
         */
        Future<Answer> answer(String segment, Parameters parameters);
    }

    /** The segment that stands for the {@code *}, an empty text where there is none; empty where the path is another. */
    Optional<String> match(String asked) {
        if (!path.endsWith(ANY)) {
            return path.equals(asked) ? Optional.of("") : Optional.empty();
        }
        String start = path.substring(0, path.length() - 1);
        String rest = asked.startsWith(start) ? asked.substring(start.length()) : "";
        return rest.isEmpty() || rest.contains("/") ? Optional.empty() : Optional.of(rest);
    }

    boolean takesBody() {
        return method.equals("POST");
    }
}
