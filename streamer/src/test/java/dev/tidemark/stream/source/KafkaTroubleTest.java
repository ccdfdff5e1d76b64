package dev.tidemark.stream.source;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.tidemark.stream.Patience;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A topic or a broker that is not there, or not any more, or is another one. */
class KafkaTroubleTest extends BrokerTopic {

    @Test
    void a_topic_that_is_made_anew_is_another_origin() throws Exception {
        topic = "origin";
        create(2);
        send(0, 0, 5);
        source = source("");
        Origin before = source.origin().orElseThrow();
        source.close();
        source = source("");
        assertThat(source.origin()).hasValue(before);
        assertThat(before.last()).isEqualTo(Map.of("0", 4L, "1", -1L));
        source.close();
        KafkaBroker.delete(admin, topic);
        create(2);
        source = source("");
        Origin after = source.origin().orElseThrow();
        assertThat(after.identity()).isNotEqualTo(before.identity());
        assertThat(after.last()).isEqualTo(Map.of("0", -1L, "1", -1L));
    }

    @Test
    void a_topic_that_is_made_anew_while_it_is_read_stops_with_a_message() throws Exception {
        topic = "anew";
        create(1);
        send(0, 0, 5);
        open("", Map.of());
        take(5);
        KafkaBroker.delete(admin, topic);
        create(1);
        assertThatThrownBy(() -> await(() -> {
            take();
            return false;
        })).isInstanceOf(SourceException.class).hasMessageContainingAll("Cannot go on with source kafka:", "made anew", "--accept-new-hub");
        assertThat(taken()).isEqualTo(5);
    }

    @Test
    void a_broker_that_is_restarted_costs_nothing_and_is_told_once() throws Exception {
        topic = "restart";
        create(2);
        send(0, 0, 30);
        open("", Map.of());
        take(30);
        List<String> told = new CopyOnWriteArrayList<>();
        AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                told.add(event.getFormattedMessage());
            }
        };
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(KafkaReader.class);
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        broker.stop();
        Patience.until(() -> source.outage() != null && told.size() % 2 == 1, () -> told);
        assertThat(source.outage()).startsWith("since 20").contains("no broker answers at " + broker.servers());
        broker.start();
        send(0, 30, 60);
        send(1, 0, 10);
        take(70);
        // A busy broker may miss the second that it has for an answer, before and after: then that is told too, as any other outage.
        Patience.until(() -> source.outage() == null && told.size() % 2 == 0, () -> told);
        logger.detachAppender(log);
        for (int i = 0; i < told.size(); i += 2) {
            assertThat(told.get(i)).startsWith("Cannot read kafka:").contains("no broker answers at " + broker.servers(), "tried again");
            assertThat(told.get(i + 1)).endsWith("is being read again");
        }
        assertThat(numbers(0)).isEqualTo(range(0, 60));
        assertThat(numbers(1)).isEqualTo(range(0, 10));
        assertThat(source.problems()).isEmpty();
    }

    @Test
    void a_topic_that_is_not_there_is_refused() {
        topic = "nowhere";
        assertThatThrownBy(() -> open("", Map.of())).isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot use source kafka:" + broker.servers() + "/nowhere: there is no topic nowhere");
    }

    @Test
    void a_broker_that_does_not_answer_is_told_soon() throws IOException {
        source = KafkaSpecs.source("servers=127.0.0.1:1,topic=t", ROOM, Duration.ofSeconds(1), LOOK);
        long began = System.nanoTime();
        assertThatThrownBy(() -> source.open(Map.of(), arrived::release)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot use source kafka:127.0.0.1:1/t: no broker answers at 127.0.0.1:1; is it running");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as("Kafka's own patience is a minute").isLessThan(Duration.ofSeconds(50));
    }

    @Test
    void a_host_that_does_not_exist_is_told() {
        source = KafkaSpecs.source("servers=no-such-host.invalid:9092,topic=t", ROOM, Duration.ofSeconds(1), LOOK);
        assertThatThrownBy(() -> source.open(Map.of(), arrived::release)).isInstanceOf(IOException.class).hasMessageStartingWith("Cannot use source kafka:no-such-host.invalid:9092/t: ");
    }

    @Test
    void closing_takes_no_time() throws Exception {
        topic = "closing";
        create(1);
        open("", Map.of());
        long began = System.nanoTime();
        source.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as("a consumer's own patience is half a minute").isLessThan(Duration.ofSeconds(25));
    }
}
