package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Endpoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Reads options from a file of the text given. */
abstract class ConfigInAFile {

    static final String BILLING = "[[callback.endpoints]]\nname = 'billing'\nurl = 'http://b/x'\n";

    @TempDir
    Path directory;

    ConfigFile file(String text) {
        return new ConfigFile(directory, text);
    }

    /** Lines below the shortest section that is complete. */
    ConfigFile below(String lines) {
        return file(ConfigFile.MINIMAL + lines);
    }

    Endpoint only(String text) {
        List<Endpoint> endpoints = file(text).config().endpoints();
        assertThat(endpoints).hasSize(1);
        return endpoints.get(0);
    }
}
