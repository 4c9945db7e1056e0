package io.cloudland.callback.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CommandLinePropertyTest {

    /** What inside an argument looks just like its end. */
    private static final Pattern LOOKS_LIKE_AN_END = Pattern.compile("'[ \\t-\\r]+('|<<)");

    @Property
    void arguments_come_back_as_they_were_quoted(@ForAll("arguments") List<String> arguments) {
        StringBuilder line = new StringBuilder("/opt/scripts/some_command.sh");
        arguments.forEach(argument -> line.append(" '").append(argument).append('\''));
        List<String> expected = new ArrayList<>(List.of("/opt/scripts/some_command.sh"));
        expected.addAll(arguments);

        CommandLine decoded = CommandLine.decode(line.toString());

        assertThat(decoded.name()).isEqualTo("some_command");
        assertThat(decoded.args()).isEqualTo(expected);
    }

    @Property
    void no_text_at_all_makes_decoding_fail(@ForAll String anything) {
        CommandLine decoded = CommandLine.decode(anything);
        assertThat(decoded.name()).isEqualTo(CommandLine.nameOf(anything));
    }

    @Property
    void no_text_of_quotes_and_blanks_makes_decoding_fail(@ForAll("nasty") String nasty) {
        assertThat(CommandLine.decode(nasty).name()).isEqualTo(CommandLine.nameOf(nasty));
        assertThat(CommandLine.decode("x " + nasty).args()).startsWith("x");
    }

    @Provide
    Arbitrary<List<String>> arguments() {
        return nasty().filter(
                        argument -> !LOOKS_LIKE_AN_END.matcher(argument + "'").find())
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> nasty() {
        return Arbitraries.strings()
                .withChars('\'', ' ', '\n', '\t', '<', '/', '.', 'a', '7', '"', '失', '\u3000')
                .ofMaxLength(12);
    }
}
