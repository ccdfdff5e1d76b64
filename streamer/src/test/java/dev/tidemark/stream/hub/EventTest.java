package dev.tidemark.stream.hub;

import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.ProtonBufferAllocator;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.messaging.ApplicationProperties;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.DeliveryAnnotations;
import org.apache.qpid.protonj2.types.messaging.Footer;
import org.apache.qpid.protonj2.types.messaging.Header;
import org.apache.qpid.protonj2.types.messaging.MessageAnnotations;
import org.apache.qpid.protonj2.types.messaging.Properties;
import org.apache.qpid.protonj2.types.messaging.Section;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventTest {

    private static byte[] encode(Section<?>... sections) {
        ProtonBuffer buffer = Sections.encode(List.of(sections));
        byte[] bytes = new byte[buffer.getReadableBytes()];
        buffer.readBytes(bytes, 0, bytes.length);
        return bytes;
    }

    private static List<Section<?>> stored(Event event, long sequence, long offset, long time) {
        byte[] bytes = new byte[event.maxLength() + 5];
        int end = event.write(bytes, 5, sequence, offset, time);
        return Sections.decode(ProtonBufferAllocator.defaultAllocator().copy(bytes, 5, end - 5));
    }

    private static final byte[] FULL = encode(new Header().setDurable(true).setTimeToLive(5), new DeliveryAnnotations(Map.of(Symbol.valueOf("hop"), 1)),
            new MessageAnnotations(Map.of(Symbol.valueOf("x-opt-partition-key"), "pump-7", Symbol.valueOf("x-opt-offset"), "12345", Symbol.valueOf("nested"),
                    Map.of("a", List.of(1, 2L, "three", new Date(4))))),
            new Properties().setMessageId("m").setContentType("application/json"), new ApplicationProperties(Map.of("site", "north")), new Data(new byte[] {1, 2, 3}),
            new Footer(Map.of()));

    @Test
    void it_keeps_the_senders_own_sections_and_annotations_and_adds_the_hubs() {
        Event event = Event.parse(FULL, 0, FULL.length);

        assertThat(event.partitionKey()).isEqualTo("pump-7");
        List<Section<?>> sections = stored(event, 41, 1_234_567, 1_700_000_000_000L);
        assertThat(sections).extracting(section -> section.getClass().getSimpleName()).containsExactly("MessageAnnotations", "Properties", "ApplicationProperties", "Data",
                "Footer");
        Map<Symbol, Object> annotations = Sections.find(sections, MessageAnnotations.class).getValue();
        assertThat(annotations).hasSize(5).containsEntry(Symbol.valueOf("x-opt-sequence-number"), 41L).containsEntry(Symbol.valueOf("x-opt-offset"), "1234567")
                .containsEntry(Symbol.valueOf("x-opt-enqueued-time"), 1_700_000_000_000L).containsEntry(Symbol.valueOf("x-opt-partition-key"), "pump-7")
                .containsEntry(Symbol.valueOf("nested"), Map.of("a", List.of(1, 2L, "three", 4L)));
        assertThat(Sections.find(sections, ApplicationProperties.class).getValue()).isEqualTo(Map.of("site", "north"));
        assertThat(Sections.find(sections, Data.class).getBinary().asByteArray()).containsExactly(1, 2, 3);
    }

    @Test
    void the_largest_numbers_fit() {
        Event event = Event.parse(FULL, 0, FULL.length);
        Map<Symbol, Object> annotations = Sections.find(stored(event, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE), MessageAnnotations.class).getValue();
        assertThat(annotations).containsEntry(Symbol.valueOf("x-opt-offset"), Long.toString(Long.MAX_VALUE));
    }

    @Test
    void a_batch_is_the_messages_in_its_data_sections() {
        byte[] small = encode(new Data(new byte[] {9}));
        byte[] batch = encode(new Data(FULL), new Data(small));

        List<Event> events = AmqpBytes.batch(batch);

        assertThat(events).hasSize(2);
        assertThat(events.get(0).partitionKey()).isEqualTo("pump-7");
        assertThat(Sections.find(stored(events.get(1), 0, 0, 0), Data.class).getBinary().asByteArray()).containsExactly(9);
    }

    @Test
    void bytes_that_are_no_message_are_refused_and_nothing_worse() {
        assertThatThrownBy(() -> Event.parse("{\"temp\":1}".getBytes(), 0, 10)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no AMQP message");
        SplittableRandom random = new SplittableRandom(3);
        byte[] batch = encode(new Data(FULL), new Data(FULL));
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(batch, random.nextInt(1, batch.length + 1));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            try {
                AmqpBytes.batch(damaged).forEach(event -> event.write(new byte[event.maxLength()], 0, 1, 1, 1));
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("no AMQP message");
            }
        }
    }
}
