package io.cloudland.callback.config;

import java.util.List;

/** A value as a source holds it, not yet checked, and where it stands. */
record Finding(List<String> path, Object value, Origin origin) {

    String key() {
        return Shown.key(path);
    }
}
