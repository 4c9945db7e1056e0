package io.cloudland.callback.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/**
 * A TOML text, parsed.
 *
 * @param table what could be read; complete where there are no errors
 * @param errors every syntax error; their texts never hold what the file holds, for it may be a secret
 */
record TomlText(TomlTable table, List<SyntaxError> errors) {

    /** Where the text is not TOML, and why. Line and column count from 1. */
    record SyntaxError(int line, int column, String text) {}

    static TomlText parse(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        boolean isText = !decoder.decode(ByteBuffer.wrap(bytes), chars, true).isError();
        String text = withoutByteOrderMark(chars.flip().toString());
        return isText ? parse(text) : new TomlText(Toml.parse(""), List.of(notText(text)));
    }

    private static TomlText parse(String text) {
        TomlParseResult parsed = Toml.parse(text, TomlVersion.V1_1_0);
        return new TomlText(
                parsed, parsed.errors().stream().map(TomlText::syntaxError).toList());
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static SyntaxError notText(String readable) {
        int line = 1
                + (int) readable.chars().filter(character -> character == '\n').count();
        int column = readable.length() - readable.lastIndexOf('\n');
        return new SyntaxError(line, column, "Not UTF-8; save the file with that encoding");
    }

    private static SyntaxError syntaxError(TomlParseError error) {
        return new SyntaxError(
                error.position().line(), error.position().column(), withoutContent(String.valueOf(error.getMessage())));
    }

    /** The parser's text without the piece of the file that it quotes, which may be half a password. */
    private static String withoutContent(String text) {
        String expected = ", expected";
        if (text.startsWith("Unexpected '")) {
            int rest = text.lastIndexOf("'" + expected);
            return "Unexpected text" + (rest < 0 ? "" : text.substring(rest + 1));
        }
        int escape = text.indexOf("escape sequence '");
        return escape < 0 ? text : "Invalid escape sequence";
    }
}
