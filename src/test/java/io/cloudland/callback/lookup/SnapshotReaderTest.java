package io.cloudland.callback.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotReaderTest {

    private static final ResourceLocator INSTANCE = Samples.instance(127);

    @Test
    void a_whole_snapshot_is_read() {
        ResourceSnapshot read = read("""
                {"resource_id": 127, "resource_uuid": "u-1", "status": "running", "tenant_id": "t-1", "deleted": true,
                 "metadata": {"hostname": "vm", "cpu": 2}}""");
        assertThat(read.resource()).isEqualTo(new ResourceRef(ResourceType.INSTANCE, 127));
        assertThat(read.uuid()).isEqualTo("u-1");
        assertThat(read.status()).contains("running");
        assertThat(read.tenantId()).contains("t-1");
        assertThat(read.deleted()).isTrue();
        assertThat(read.metadata()).containsExactly(Map.entry("hostname", "vm"), Map.entry("cpu", 2));
    }

    @Test
    void the_uuid_alone_is_enough() {
        ResourceSnapshot read = read("{\"resource_uuid\": \"u-1\"}");
        assertThat(read.status()).isEmpty();
        assertThat(read.tenantId()).isEmpty();
        assertThat(read.deleted()).isFalse();
        assertThat(read.metadata()).isEmpty();
    }

    @Test
    void short_names_are_accepted_and_the_long_ones_win() {
        assertThat(read("{\"uuid\": \"u-1\", \"id\": 127}").uuid()).isEqualTo("u-1");
        assertThat(read("{\"uuid\": \"u-1\", \"resource_uuid\": \"u-2\"}").uuid())
                .isEqualTo("u-2");
    }

    @Test
    void a_blank_status_or_tenant_is_absent() {
        ResourceSnapshot read = read("{\"uuid\": \"u-1\", \"status\": \" \", \"tenant_id\": \"\"}");
        assertThat(read.status()).isEmpty();
        assertThat(read.tenantId()).isEmpty();
    }

    @Test
    void metadata_are_the_keys_of_the_type_in_their_order_and_no_others() {
        ResourceSnapshot read = read("""
                {"uuid": "u-1", "metadata": {"disk": 40, "password": "x", "zone_id": null, "hostname": "vm", "nested": {}}}""");
        Map<String, Object> expected = new HashMap<>(Map.of("hostname", "vm", "disk", 40));
        expected.put("zone_id", null);
        assertThat(read.metadata()).isEqualTo(expected);
        assertThat(read.metadata().keySet()).containsExactly("hostname", "zone_id", "disk");
    }

    @Test
    void a_type_without_defined_keys_takes_all_as_they_come() {
        ResourceSnapshot read = SnapshotReader.read(
                new JsonObject("{\"uuid\": \"u-1\", \"metadata\": {\"z\": 1, \"a\": true, \"m\": null}}").getMap(),
                Samples.byId(ResourceType.ROUTER, 3));
        assertThat(read.metadata().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void metadata_given_as_a_json_object_are_read_too() {
        Map<String, Object> json = Map.of("uuid", "u-1", "metadata", new JsonObject().put("cpu", 2));
        assertThat(SnapshotReader.read(json, INSTANCE).metadata()).containsExactly(Map.entry("cpu", 2));
    }

    @Test
    void a_nested_value_is_refused_by_its_key() {
        Map<String, Object> object = Map.of("uuid", "u", "metadata", Map.of("cpu", new JsonObject()));
        assertThat(refusal(object, INSTANCE)).contains("metadata.cpu", "instance/127");
        Map<String, Object> array =
                Map.of("uuid", "u", "metadata", Map.of("disk", new JsonArray().add("secret-value")));
        assertThat(refusal(array, INSTANCE)).contains("metadata.disk").doesNotContain("secret-value");
    }

    @Test
    void a_number_that_json_has_no_word_for_is_refused_by_its_key() {
        for (Number number : List.of(Double.NaN, Double.NEGATIVE_INFINITY, Float.NaN, Float.POSITIVE_INFINITY)) {
            Map<String, Object> json = Map.of("uuid", "u", "metadata", Map.of("cpu", number));
            assertThat(refusal(json, INSTANCE)).contains("metadata.cpu must be a string, a number");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"uuid\": \"\"}", "{\"resource_uuid\": \"  \"}", "{\"uuid\": 12}", "{\"uuid\": null}"})
    void a_missing_or_blank_uuid_is_refused(String json) {
        assertThat(refusal(json, INSTANCE)).contains("resource_uuid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"resource_id\": 128         | resource_id contradicts",
                "\"id\": 128                  | resource_id contradicts",
                "\"resource_type\": \"volume\"| resource_type contradicts",
                "\"resource_type\": 7         | resource_type contradicts",
                "\"resource_id\": \"127\"     | resource_id must be a whole number",
                "\"resource_id\": 127.0       | resource_id must be a whole number",
                "\"resource_id\": 0           | resource_id must be a whole number",
                "\"resource_id\": 92233720368547758070 | resource_id must be a whole number",
                "\"status\": 1                | status must be a string",
                "\"tenant_id\": {}            | tenant_id must be a string",
                "\"deleted\": \"yes\"         | deleted must be true or false",
                "\"metadata\": [1]            | metadata must be an object",
                "\"metadata\": \"x\"          | metadata must be an object"
            })
    void what_contradicts_or_has_the_wrong_kind_is_refused_by_its_key(String member, String words) {
        assertThat(refusal("{\"uuid\": \"u-1\", " + member + "}", INSTANCE)).contains(words, "instance/127");
    }

    @Test
    void an_interface_known_by_its_mac_address_needs_the_id() {
        assertThat(refusal("{\"uuid\": \"u-1\"}", Samples.BY_MAC)).contains("resource_id is missing");
        ResourceSnapshot read =
                SnapshotReader.read(new JsonObject("{\"uuid\": \"u-1\", \"id\": 101}").getMap(), Samples.BY_MAC);
        assertThat(read.resource()).isEqualTo(new ResourceRef(ResourceType.INTERFACE, 101));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mac_addr\": \"52:54:00:12:34:57\"}",
                "{\"mac_addr\": \"52:54:00:12:34:56\", \"instance_id\": 124}",
                "{\"instance_id\": 124}"
            })
    void a_snapshot_of_another_interface_than_the_command_names_is_refused(String metadata) {
        assertThat(refusal("{\"uuid\": \"u-1\", \"id\": 101, \"metadata\": " + metadata + "}", Samples.BY_MAC))
                .contains("metadata.mac_addr or metadata.instance_id contradicts the command");
    }

    @Test
    void a_snapshot_from_before_an_interface_was_attached_is_taken() {
        Map<String, Object> metadata =
                Map.of("mac_addr", "52:54:00:12:34:56".toUpperCase(Locale.ROOT), "instance_id", 0);
        Map<String, Object> json = Map.of("uuid", "u-1", "id", 101, "metadata", metadata);
        assertThat(SnapshotReader.read(json, Samples.BY_MAC).resource().id()).isEqualTo(101);
    }

    private static ResourceSnapshot read(String json) {
        return SnapshotReader.read(new JsonObject(json).getMap(), INSTANCE);
    }

    private static String refusal(String json, ResourceLocator locator) {
        return refusal(new JsonObject(json).getMap(), locator);
    }

    private static String refusal(Map<String, Object> json, ResourceLocator locator) {
        CallbackException refusal =
                catchThrowableOfType(CallbackException.class, () -> SnapshotReader.read(json, locator));
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_SNAPSHOT);
        return refusal.getMessage();
    }
}
