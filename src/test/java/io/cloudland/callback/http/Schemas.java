package io.cloudland.callback.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The schemas in docs, asked by somebody else's validator. */
final class Schemas {

    static final Path DIRECTORY = Path.of("docs", "schemas");

    private static final String ID = "urn:cloudland:callback:schema:";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Schemas::text));

    private Schemas() {}

    private static String text(String id) {
        return id.startsWith(ID) ? read(DIRECTORY.resolve(id.substring(ID.length()) + ".json")) : null;
    }

    /** What the schema of that name finds wrong. */
    static List<String> problems(String schema, JsonNode value) {
        return REGISTRY
                .getSchema(SchemaLocation.of(ID + schema))
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    /** A sample of src/test/resources/formats. */
    static JsonNode golden(String name) {
        return json(read(Path.of("src", "test", "resources", "formats", name + ".json")));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
