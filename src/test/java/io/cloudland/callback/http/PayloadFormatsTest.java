package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Every format against its golden sample, its schema, and the documents that show it. */
class PayloadFormatsTest {

    private static final List<String> NAMES =
            List.of("cloudevents", "cloudevents-batch", "cloudevents-binary", "event", "resource-change");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Payload rendered(String format, ResourceChangeEvent event) {
        return PayloadFormats.builtIn().byName(format).render(event);
    }

    private static String body(String format, ResourceChangeEvent event) {
        return new String(rendered(format, event).body(), StandardCharsets.UTF_8);
    }

    private static JsonNode headers(Payload payload) {
        ObjectNode headers = JSON.createObjectNode().put("content-type", payload.contentType());
        payload.headers().forEach(headers::put);
        return headers;
    }

    /** The schema of a body; binary mode has one for its headers. */
    private static String schemaOfBody(String format) {
        return format.equals("cloudevents-binary") ? "resource-change" : format;
    }

    private static List<String> problems(String format, ResourceChangeEvent event) {
        Payload payload = rendered(format, event);
        List<String> problems =
                new ArrayList<>(Schemas.problems(schemaOfBody(format), Schemas.json(body(format, event))));
        if (format.equals("cloudevents-binary")) {
            problems.addAll(Schemas.problems(format, headers(payload)));
        }
        return problems;
    }

    @Test
    void the_formats_there_are() {
        assertThat(PayloadFormats.builtIn().names()).containsExactlyElementsOf(NAMES);
        assertThatThrownBy(() -> PayloadFormats.builtIn().byName("xml"))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("no payload format 'xml'; there is cloudevents, cloudevents-batch,");
    }

    @TestFactory
    Stream<DynamicTest> every_format_writes_its_golden_sample_in_its_order() {
        return NAMES.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> assertThat(body(name, GoldenEvent.event()))
                                .isEqualTo(Schemas.golden(name).toString())));
    }

    @Test
    void the_headers_of_binary_mode_are_the_golden_ones() {
        assertThat(headers(rendered("cloudevents-binary", GoldenEvent.event())).toString())
                .isEqualTo(Schemas.golden("cloudevents-binary.headers").toString());
    }

    /** In the first three numbers have digits of their own, in the fourth small i becomes İ, the last has another calendar. */
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "ne-NP", "tr-TR", "th-TH-u-ca-buddhist-nu-thai"})
    void the_language_of_the_machine_changes_no_byte(String language) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            assertThat(NAMES)
                    .allSatisfy(name -> assertThat(body(name, GoldenEvent.event()))
                            .isEqualTo(Schemas.golden(name).toString()));
            the_headers_of_binary_mode_are_the_golden_ones();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void no_other_format_has_headers_and_each_has_its_content_type() {
        assertThat(NAMES)
                .filteredOn(name -> !name.equals("cloudevents-binary"))
                .allSatisfy(
                        name -> assertThat(rendered(name, GoldenEvent.event()).headers())
                                .isEmpty());
        assertThat(NAMES)
                .extracting(name -> rendered(name, GoldenEvent.event()).contentType())
                .containsExactly(
                        "application/cloudevents+json; charset=utf-8",
                        "application/cloudevents-batch+json",
                        "application/json",
                        "application/json",
                        "application/json");
    }

    @TestFactory
    Stream<DynamicTest> every_event_that_can_be_holds_to_the_schema_of_every_format() {
        return NAMES.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    assertThat(problems(name, GoldenEvent.event())).isEmpty();
                    assertThat(problems(name, GoldenEvent.in("北京 \"1\" 100%", "t 1\n%")))
                            .isEmpty();
                    for (ResourceType type : ResourceType.values()) {
                        for (Action action : Action.values()) {
                            assertThat(problems(name, GoldenEvent.bare(type, action)))
                                    .as(type + " " + action)
                                    .isEmpty();
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_schema_refuses_a_sample_without_any_of_its_keys_or_with_one_more() {
        return Stream.of("resource-change", "event", "cloudevents", "cloudevents-binary.headers")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String schema = name.replace(".headers", "");
                    ObjectNode golden = (ObjectNode) Schemas.golden(name);
                    golden.fieldNames().forEachRemaining(key -> {
                        ObjectNode less = golden.deepCopy();
                        less.remove(key);
                        boolean mayBeMissing = Pattern.matches("(ce-)?tenantid|tenant_id|previous_status", key);
                        assertThat(Schemas.problems(schema, less).isEmpty())
                                .as(key)
                                .isEqualTo(mayBeMissing);
                        assertThat(Schemas.problems(schema, golden.deepCopy().put(key, 7.5)))
                                .as(key)
                                .isNotEmpty();
                    });
                    assertThat(Schemas.problems(schema, golden.deepCopy().put("more", 1)))
                            .isNotEmpty();
                }));
    }

    @Test
    void a_batch_is_one_event_no_more_and_no_less() {
        JsonNode one = Schemas.golden("cloudevents");
        assertThat(Schemas.problems("cloudevents-batch", JSON.createArrayNode().add(one)))
                .isEmpty();
        assertThat(Schemas.problems("cloudevents-batch", JSON.createArrayNode()))
                .isNotEmpty();
        assertThat(Schemas.problems(
                        "cloudevents-batch", JSON.createArrayNode().add(one).add(one)))
                .isNotEmpty();
    }

    @Test
    void cloudevents_binary_headers_percent_encode_all_but_visible_ascii() {
        Map<String, String> headers = rendered(
                        "cloudevents-binary", GoldenEvent.in("eu", "a b\"c%d\u007f~!虚🚀\r\nX-Smuggled: 1"))
                .headers();
        assertThat(headers)
                .containsEntry("ce-tenantid", "a%20b%22c%25d%7F~!%E8%99%9A%F0%9F%9A%80%0D%0AX-Smuggled:%201");
    }

    @Test
    void cloudevents_source_is_a_uri_reference_whatever_the_region() {
        assertThat(Schemas.json(body("cloudevents", GoldenEvent.in("北京/1 a", "t")))
                        .get("source")
                        .asText())
                .isEqualTo("/cloudland/%E5%8C%97%E4%BA%AC%2F1%20a");
        assertThat(Schemas.json(body("cloudevents", GoldenEvent.bare(ResourceType.HYPER, Action.MIGRATED)))
                        .get("source")
                        .asText())
                .isEqualTo("/cloudland");
    }

    @Test
    void cloudevents_attribute_names_are_lower_case_letters_and_digits_and_no_value_is_empty() {
        Map<String, String> attributes = CloudEvents.attributes(GoldenEvent.in("", ""));
        assertThat(attributes.keySet()).allMatch(name -> name.matches("[a-z0-9]{1,20}"));
        assertThat(attributes.values()).noneMatch(String::isEmpty);
        assertThat(attributes).doesNotContainKey("tenantid").containsEntry("source", "/cloudland");
    }

    @Test
    void cloudevents_sequences_are_ordered_as_text() {
        assertThat(CloudEvents.attributes(Deliveries.event(Map.of()))).containsEntry("sequence", "0000000000000000007");
        assertThat(CloudEvents.attributes(GoldenEvent.event()).get("sequence"))
                .hasSize(Long.toString(Long.MAX_VALUE).length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "hostname"})
    void the_envelope_names_the_resource_by_either_key_and_tells_it_once(String key) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("size", 2147483648L);
        metadata.put(key, "ubuntu");
        metadata.put("status", "x");
        JsonNode json = Schemas.json(body("event", GoldenEvent.of(ResourceType.IMAGE, metadata)));
        assertThat(json.get("data").toString())
                .isEqualTo(
                        "{\"id\":\"550e8400-e29b-41d4-a716-446655440000\",\"name\":\"ubuntu\",\"status\":\"running\","
                                + "\"size\":2147483648}");
        assertThat(json.get("event_type").asText()).isEqualTo("snapshot_created");
    }

    @Test
    void a_metadata_value_without_a_json_form_is_refused_in_every_format() {
        ResourceChangeEvent nested = GoldenEvent.of(ResourceType.IMAGE, Map.of("disks", List.of(1)));
        assertThat(NAMES)
                .allSatisfy(name -> assertThatThrownBy(() -> rendered(name, nested))
                        .isInstanceOf(CallbackException.class)
                        .hasMessageContaining("'disks' of image/127"));
    }

    @Test
    void the_page_about_formats_shows_the_golden_samples() {
        String page = Schemas.read(Path.of("docs", "formats.md"));
        assertThat(NAMES).allSatisfy(name -> {
            String section = page.substring(page.indexOf("\n## " + name + "\n") + 1);
            String json = section.substring(section.indexOf("```json") + 7);
            assertThat(Schemas.json(json.substring(0, json.indexOf("```"))).toString())
                    .isEqualTo(Schemas.golden(name).toString());
        });
        Schemas.golden("cloudevents-binary.headers")
                .properties()
                .forEach(header -> assertThat(page)
                        .contains(header.getKey() + ": " + header.getValue().asText() + "\n"));
    }

    @Test
    void the_asyncapi_document_describes_every_format_and_shows_the_golden_samples() {
        JsonNode document = JSON.valueToTree(new Yaml().load(Schemas.read(Path.of("docs", "asyncapi.yaml"))));
        assertThat(document.get("asyncapi").asText()).isEqualTo("3.0.0");
        List<String> described = new ArrayList<>();
        for (JsonNode message : document.at("/components/messages")) {
            String name = message.get("name").asText();
            described.add(name);
            assertThat(message.get("contentType").asText())
                    .isEqualTo(rendered(name, GoldenEvent.event()).contentType());
            assertThat(message.at("/payload/schema/$ref").asText())
                    .isEqualTo("./schemas/" + schemaOfBody(name) + ".json");
            assertThat(Schemas.DIRECTORY.resolve(schemaOfBody(name) + ".json")).exists();
            assertThat(message.at("/examples/0/payload").toString())
                    .isEqualTo(Schemas.golden(name).toString());
        }
        assertThat(described).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(document.at("/components/messages/CloudEventBinary/examples/0/headers")
                        .toString())
                .isEqualTo(Schemas.golden("cloudevents-binary.headers").toString());
        assertThat(document.findValuesAsText("$ref"))
                .filteredOn(reference -> reference.startsWith("#"))
                .hasSizeGreaterThan(10)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void a_format_of_the_host_stands_beside_the_built_in_ones_or_takes_the_place_of_one() {
        PayloadFormat own = format("own");
        PayloadFormat event = format("event");
        PayloadFormats formats = PayloadFormats.with(List.of(own, event));
        assertThat(formats.byName("own")).isSameAs(own);
        assertThat(formats.byName("event")).isSameAs(event);
        assertThat(formats.byName("resource-change")).isInstanceOf(ResourceChangeFormat.class);
    }

    private static PayloadFormat format(String name) {
        return new PayloadFormat() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Payload render(ResourceChangeEvent event) {
                return new Payload("text/plain", new byte[0]);
            }
        };
    }
}
