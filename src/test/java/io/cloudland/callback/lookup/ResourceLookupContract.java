package io.cloudland.callback.lookup;

import static io.cloudland.callback.lookup.Outcomes.on;
import static io.cloudland.callback.lookup.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link ResourceLookup} must do, whoever it asks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ResourceLookupContract {

    protected Vertx vertx;

    /** The lookup under test, which knows the four {@link Samples}. */
    protected abstract ResourceLookup lookup();

    /** A command to ask with about {@code sample}; carries it where the lookup reads it from the message. */
    protected CommandMessage commandAbout(JsonObject sample) {
        return Samples.command("launch_vm");
    }

    @BeforeAll
    void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    void stopVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static List<JsonObject> samples() {
        return Samples.ALL;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_resource_is_found_by_its_id(JsonObject sample) {
        ResourceSnapshot found = find(Samples.locator(sample), sample);
        assertThat(Samples.longNumbers(found)).isEqualTo(Samples.expected(sample));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_metadata_have_the_keys_of_the_type_in_their_order(JsonObject sample) {
        ResourceLocator locator = Samples.locator(sample);
        assertThat(find(locator, sample).metadata().keySet())
                .containsExactlyElementsOf(locator.type().metadataKeys());
    }

    @Test
    void an_interface_is_found_by_its_mac_address() {
        ResourceSnapshot found = find(Samples.BY_MAC, Samples.INTERFACE);
        assertThat(Samples.longNumbers(found)).isEqualTo(Samples.expected(Samples.INTERFACE));
    }

    @Test
    void an_unknown_resource_is_empty_and_no_failure() {
        assertThat(resultOf(lookup().find(Samples.instance(999_999), Samples.command("launch_vm"))))
                .isEmpty();
    }

    @Test
    void a_snapshot_cannot_be_changed() {
        ResourceSnapshot found = find(Samples.instance(123), Samples.INSTANCE);
        assertThatThrownBy(() -> found.metadata().put("cpu", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void the_answer_comes_on_the_context_that_asked() {
        Context caller = vertx.getOrCreateContext();
        Context seen = resultOf(on(
                caller,
                () -> lookup().find(Samples.instance(123), commandAbout(Samples.INSTANCE))
                        .map(found -> Vertx.currentContext())));
        assertThat(seen).isSameAs(caller);
    }

    protected ResourceSnapshot find(ResourceLocator locator, JsonObject sample) {
        Optional<ResourceSnapshot> found = resultOf(lookup().find(locator, commandAbout(sample)));
        assertThat(found).as("snapshot of %s", locator).isPresent();
        return found.orElseThrow();
    }
}
