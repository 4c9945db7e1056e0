package io.cloudland.callback.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

    @Property(tries = 300)
    void frames_come_out_as_they_went_in_however_the_bytes_are_parted(
            @ForAll @Size(max = 8) List<@StringLength(max = 40) String> texts,
            @ForAll @IntRange(min = 1, max = 50) int step)
            throws Exception {
        Buffer bytes = Buffer.buffer();
        for (String text : texts) {
            Buffer frame = Buffer.buffer(text);
            bytes.appendInt(frame.length()).appendBuffer(frame);
        }
        FrameReader reader = new FrameReader(1_000);
        List<String> read = new ArrayList<>();
        for (int at = 0; at < bytes.length(); at += step) {
            reader.add(bytes.getBuffer(at, Math.min(at + step, bytes.length())));
            for (Optional<Buffer> next = reader.next(); next.isPresent(); next = reader.next()) {
                read.add(next.get().toString());
            }
        }
        assertThat(read)
                .containsExactlyElementsOf(texts.stream()
                        .map(text -> Buffer.buffer(text).toString())
                        .toList());
    }

    @Test
    void a_frame_as_long_as_allowed_is_read_and_one_byte_more_is_refused_at_its_length() throws Exception {
        FrameReader reader = new FrameReader(10);
        reader.add(Buffer.buffer().appendInt(10).appendString("0123456789"));
        assertThat(reader.next()).isPresent();
        reader.add(Buffer.buffer().appendInt(11));
        assertThatThrownBy(reader::next).isInstanceOf(FrameReader.NoFrame.class).hasMessageContaining("11 bytes");
    }

    @Test
    void lengths_that_others_take_for_negative_are_refused_too() {
        for (int length : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            FrameReader reader = new FrameReader(1 << 20);
            reader.add(Buffer.buffer().appendInt(length));
            assertThatThrownBy(reader::next).isInstanceOf(FrameReader.NoFrame.class);
        }
    }
}
