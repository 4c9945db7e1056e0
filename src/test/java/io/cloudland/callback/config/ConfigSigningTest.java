package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.SigningSecret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing secrets from every source; wrong ones are refused, right ones are never shown. */
class ConfigSigningTest {

    private static final String FIRST = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String SECOND = "whsec_dGhlLW5ldy1vbmUtb2YtdHdvLXNlY3JldHM=";
    private static final String PAIR =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";

    @TempDir
    Path directory;

    private ConfigFile below(String lines) {
        return new ConfigFile(directory, ConfigFile.MINIMAL + lines);
    }

    private static List<SigningSecret> secrets(ConfigFile file) {
        return file.config().endpoints().get(0).secrets();
    }

    private static List<SigningSecret> parsed(String... texts) {
        return Stream.of(texts)
                .map(text -> SigningSecret.parse(text).orElseThrow())
                .toList();
    }

    @Test
    void nobody_signs_unless_told() {
        assertThat(secrets(below(""))).isEmpty();
    }

    @Test
    void one_secret_and_more_secrets_sign_together_without_repetition() {
        assertThat(secrets(below("secret = '" + FIRST + "'"))).isEqualTo(parsed(FIRST));
        assertThat(secrets(below("secrets = ['" + FIRST + "', '" + PAIR + "']")))
                .isEqualTo(parsed(FIRST, PAIR));
        assertThat(secrets(below("secret = '" + SECOND + "'\nsecrets = ['" + FIRST + "', '" + SECOND + "']")))
                .isEqualTo(parsed(SECOND, FIRST));
    }

    @Test
    void the_environment_gives_one_or_several() {
        assertThat(secrets(below("secret = '" + FIRST + "'").environment("CALLBACK_SECRET", SECOND)))
                .isEqualTo(parsed(SECOND));
        for (String between : List.of(" ", ",", ", ", "\n")) {
            assertThat(secrets(below("").environment("CALLBACK_SECRETS", FIRST + between + PAIR)))
                    .isEqualTo(parsed(FIRST, PAIR));
        }
    }

    private ConfigFile withTable(String top, String table) {
        return below(top + "\n[[callback.endpoints]]\nname = 'partner'\nurl = 'http://p/'\n" + table + "\n");
    }

    private static List<String> signing(ConfigFile file) {
        return file.report()
                .lines()
                .filter(line -> line.startsWith("callback.endpoints.partner.secret"))
                .map(line -> line.replaceFirst(" = .*# ", " "))
                .toList();
    }

    /** One that knows both could pass a request on to where the other secret is known, as if it came from us. */
    @Test
    void secrets_of_a_table_stand_in_the_place_of_both_from_the_top_and_the_report_says_so() {
        String top = "secret = '" + FIRST + "'\nsecrets = ['" + SECOND + "']";
        ConfigFile inherits = withTable(top, "");
        assertThat(inherits.config().endpoints().get(1).secrets()).isEqualTo(parsed(FIRST, SECOND));
        assertThat(signing(inherits))
                .containsExactly(
                        "callback.endpoints.partner.secret config.toml:3",
                        "callback.endpoints.partner.secrets config.toml:4");

        ConfigFile one = withTable(top, "secret = '" + PAIR + "'");
        assertThat(one.config().endpoints().get(1).secrets()).isEqualTo(parsed(PAIR));
        assertThat(signing(one)).containsExactly("callback.endpoints.partner.secret config.toml:8");
        assertThat(one.warnings()).isEmpty();

        ConfigFile several = withTable(top, "secrets = ['" + PAIR + "']");
        assertThat(several.config().endpoints().get(1).secrets()).isEqualTo(parsed(PAIR));
        assertThat(signing(several)).containsExactly("callback.endpoints.partner.secrets config.toml:8");
    }

    @Test
    void more_secrets_of_a_table_without_one_are_warned_of_where_the_top_has_one() {
        assertThat(withTable("secret = '" + FIRST + "'", "secrets = ['" + SECOND + "']")
                        .warnings())
                .containsExactly(
                        "config.toml:7:11 callback.endpoints.partner.secrets stands in the place of"
                                + " callback.secret too, which does not sign for this endpoint; name it here again where it should");
        assertThat(withTable("secret = '" + FIRST + "'", "secret = '" + FIRST + "'\nsecrets = ['" + SECOND + "']")
                        .warnings())
                .isEmpty();
    }

    @Test
    void a_file_of_the_environment_holds_one_per_line() throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), FIRST + "\n" + SECOND + "\n\n");
        assertThat(secrets(below("").environment("CALLBACK_SECRET_FILE", file.toString())))
                .isEqualTo(parsed(FIRST, SECOND));
    }

    @Test
    void a_host_gives_an_array() {
        JsonObject tree = new JsonObject().put("secrets", new JsonArray().add(FIRST));
        assertThat(secrets(below("").host(new JsonObject().put("callback", tree))))
                .isEqualTo(parsed(FIRST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret = 'whsec_geheim'",
                "secret = 'whsec_Z2VoZWltZ2VoZWltZ2VoZWlt'",
                "secret = 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4='",
                "secret = 1",
                "secret = ''",
                "secret = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']",
                "secrets = []",
                "secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'geheim']",
                "secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 7]"
            })
    void a_wrong_secret_is_refused_with_place_and_rule_and_not_shown(String line) {
        String key = "callback." + line.substring(0, line.indexOf(' '));
        assertThat(below(line).problems())
                .singleElement()
                .asString()
                .startsWith("config.toml:3:")
                .contains(key + " must be ", SigningSecret.RULE)
                .endsWith(", was ***")
                .doesNotContain("geheim", "MfKQ9r8G");
    }

    @Test
    void more_than_a_rotation_needs_is_a_slip() {
        String nine = "'" + FIRST + "', ";
        assertThat(below("secrets = [" + nine.repeat(9) + "]").problems())
                .singleElement()
                .asString()
                .contains("an array of 1 to 8 secrets");
    }

    @Test
    void the_report_and_the_configuration_hide_them() {
        LoadedConfig loaded = below("secret = '" + FIRST + "'\nsecrets = ['" + SECOND + "', '" + PAIR + "']")
                .load();
        assertThat(loaded.report())
                .contains("callback.secret = \"***\"  # ", "callback.secrets = [\"***\", \"***\"]  # ");
        assertThat(loaded.toString()).doesNotContain(FIRST.substring(6), SECOND.substring(6), PAIR.substring(5));
    }
}
