package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ResourceChangeFormatTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ResourceChangeFormat format = new ResourceChangeFormat();

    @TestFactory
    Stream<DynamicTest> the_platforms_own_events_are_written_key_for_key_and_in_order() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream file = getClass().getResourceAsStream("/cloudland/events.json")) {
            for (JsonNode expected : JSON.readTree(Objects.requireNonNull(file))) {
                String title =
                        tests.size() + 1 + ": " + expected.get("resource_type").asText();
                // Compared as compact text: order counts.
                tests.add(DynamicTest.dynamicTest(
                        title, () -> assertThat(rendered(eventOf(expected))).isEqualTo(expected.toString())));
            }
        }
        assertThat(tests).hasSize(6);
        return tests.stream();
    }

    private static ResourceChangeEvent eventOf(JsonNode json) {
        ResourceType type =
                ResourceType.ofWireName(json.get("resource_type").asText()).orElseThrow();
        Map<String, Object> metadata = new LinkedHashMap<>();
        json.get("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class)));
        ResourceChange change = new ResourceChange(
                new ResourceRef(type, json.get("resource_id").asLong()),
                json.get("resource_uuid").asText(),
                json.get("status").asText(),
                Action.STATE_CHANGED,
                "action_vm",
                Instant.parse(json.get("timestamp").asText()),
                Optional.of("tenant"),
                Optional.of("region"),
                metadata);
        Optional<String> previous =
                Optional.ofNullable(json.get("previous_status")).map(JsonNode::asText);
        return new ResourceChangeEvent(EventId.random(), change, previous, 1, "e", Instant.EPOCH);
    }

    private String rendered(ResourceChangeEvent event) {
        return new String(format.render(event).body(), StandardCharsets.UTF_8);
    }

    @Test
    void the_body_is_announced_as_json() {
        assertThat(format.render(Deliveries.event(Map.of())).contentType()).isEqualTo("application/json");
        assertThat(format.name()).isEqualTo("resource-change");
    }

    @Test
    void every_kind_of_metadata_value_is_written_as_json() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("text", "a \"quoted\"\n\\ value");
        metadata.put("int", 4);
        metadata.put("long", Long.MAX_VALUE);
        metadata.put("big", new BigInteger("123456789012345678901234567890"));
        metadata.put("double", 0.5);
        metadata.put("decimal", new BigDecimal("1.10"));
        metadata.put("yes", true);
        metadata.put("nothing", null);

        assertThat(rendered(Deliveries.event(metadata)))
                .endsWith(
                        "\"metadata\":{\"text\":\"a \\\"quoted\\\"\\n\\\\ value\",\"int\":4,\"long\":9223372036854775807,"
                                + "\"big\":123456789012345678901234567890,\"double\":0.5,\"decimal\":1.10,\"yes\":true,"
                                + "\"nothing\":null}}");
    }

    @Test
    void text_outside_ascii_is_utf_8() {
        Payload payload = format.render(Deliveries.event(Map.of("hostname", "虚拟机")));

        String text = new String(payload.body(), StandardCharsets.UTF_8);
        assertThat(text).contains("\"hostname\":\"虚拟机\"");
        assertThat(payload.body().length).isEqualTo(text.length() + 6);
    }

    @Test
    void an_emoji_survives_and_half_of_one_breaks_nothing() throws IOException {
        String whole = rendered(Deliveries.event(Map.of("hostname", "vm-🚀")));
        assertThat(JSON.readTree(whole).at("/metadata/hostname").asText()).isEqualTo("vm-🚀");

        String half = rendered(Deliveries.event(Map.of("hostname", "vm-\ud83d", "x", "\ude80 and on")));
        assertThat(JSON.readTree(half).at("/metadata/hostname").asText()).startsWith("vm-");
    }

    @Test
    void a_fraction_of_a_second_is_told_only_where_there_is_one() {
        assertThat(rendered(Deliveries.event(Map.of(), Instant.parse("2026-02-09T10:08:00Z"))))
                .contains("\"timestamp\":\"2026-02-09T10:08:00Z\"");
        assertThat(rendered(Deliveries.event(Map.of(), Instant.parse("2026-02-09T10:08:14.123456+08:00"))))
                .contains("\"timestamp\":\"2026-02-09T02:08:14.123456Z\"");
    }

    @Test
    void a_nested_metadata_value_is_refused_by_name() {
        assertThatThrownBy(() -> format.render(Deliveries.event(Map.of("disks", List.of(1)))))
                .isInstanceOfSatisfying(
                        CallbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SNAPSHOT))
                .hasMessageContaining("'disks' of instance/123");
    }
}
