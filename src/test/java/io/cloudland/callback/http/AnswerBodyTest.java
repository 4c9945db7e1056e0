package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class AnswerBodyTest {

    private final AnswerBody body = new AnswerBody();

    @Test
    void nothing_is_an_empty_excerpt() {
        assertThat(body.excerpt()).isEmpty();
    }

    @Test
    void a_text_in_pieces_is_put_together_even_within_a_character() {
        byte[] bytes = Buffer.buffer("虚拟机").getBytes();
        for (byte one : bytes) {
            assertThat(body.add(Buffer.buffer(new byte[] {one}))).isTrue();
        }
        assertThat(body.excerpt()).isEqualTo("虚拟机");
    }

    @Test
    void the_excerpt_ends_after_256_characters_and_not_within_one() {
        body.add(Buffer.buffer("x".repeat(255) + "🚀".repeat(300)));
        assertThat(body.excerpt()).isEqualTo("x".repeat(255));
    }

    @Test
    void three_byte_characters_fill_the_excerpt() {
        body.add(Buffer.buffer("机".repeat(1000)));
        assertThat(body.excerpt()).isEqualTo("机".repeat(256));
    }

    @Test
    void control_characters_cannot_act_on_a_terminal_or_break_a_line() {
        body.add(Buffer.buffer("a\u001b[31mb\r\nc\u0000d\u202ee\u2028f"));
        assertThat(body.excerpt()).isEqualTo("a [31mb  c d e f");
    }

    @Test
    void bytes_that_are_no_text_are_replaced() {
        body.add(Buffer.buffer(new byte[] {'a', (byte) 0xff, 'b'}));
        assertThat(body.excerpt()).isEqualTo("a\ufffdb");
    }

    @Test
    void the_cap_is_64_kib() {
        assertThat(body.add(Buffer.buffer(new byte[64 * 1024]))).isTrue();
        assertThat(body.add(Buffer.buffer(new byte[1]))).isFalse();
    }
}
