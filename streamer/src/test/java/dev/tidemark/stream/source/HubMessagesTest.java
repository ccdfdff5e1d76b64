package dev.tidemark.stream.source;

import com.azure.core.amqp.models.AmqpAnnotatedMessage;
import com.azure.core.amqp.models.AmqpMessageBody;
import com.azure.core.amqp.models.AmqpMessageId;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class HubMessagesTest {

    private final HubMessages messages = new HubMessages();

    private static AmqpAnnotatedMessage event(long number) {
        AmqpAnnotatedMessage event = new AmqpAnnotatedMessage(AmqpMessageBody.fromData("{}".getBytes(StandardCharsets.UTF_8)));
        event.getMessageAnnotations().put("x-opt-sequence-number", number);
        event.getMessageAnnotations().put("x-opt-offset", "4711");
        event.getMessageAnnotations().put("x-opt-enqueued-time", Instant.parse("2026-01-02T03:04:05.678Z"));
        event.getMessageAnnotations().put("x-opt-replication-segment", null);
        return event;
    }

    @Test
    void an_event_of_an_iot_hub_names_its_device_and_keeps_everything_else_as_text() {
        AmqpAnnotatedMessage event = event(12);
        event.getMessageAnnotations().put("iothub-connection-device-id", "press-01");
        event.getMessageAnnotations().put("iothub-enqueuedtime", Date.from(Instant.parse("2026-01-02T03:04:05.600Z")));
        event.getMessageAnnotations().put("iothub-message-source", "Telemetry");
        event.getMessageAnnotations().put("iothub-connection-auth-method", "{\"scope\":\"device\"}");
        event.getProperties().setContentType("application/json").setContentEncoding("utf-8").setCorrelationId(new AmqpMessageId("c-1"));
        event.getApplicationProperties().put("line", 7);
        Message message = messages.message(event);
        assertThat(message.number()).isEqualTo(12);
        assertThat(Instant.ofEpochMilli(message.enqueued() / 1_000)).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(message.deviceId()).isEqualTo("press-01");
        assertThat(message.text()).isEqualTo("{}");
        assertThat(message.properties()).containsOnly(Map.entry("iothub-enqueuedtime", "2026-01-02T03:04:05.600Z"), Map.entry("iothub-message-source", "Telemetry"),
                Map.entry("iothub-connection-auth-method", "{\"scope\":\"device\"}"), Map.entry("content-type", "application/json"),
                Map.entry("content-encoding", "utf-8"), Map.entry("correlation-id", "c-1"), Map.entry("line", "7"));
    }

    @Test
    void a_plain_event_has_no_device_and_no_properties() {
        Message message = messages.message(event(0));
        assertThat(message.deviceId()).isNull();
        assertThat(message.properties()).isEmpty();
    }

    @Test
    void equal_properties_are_one_object_and_different_ones_are_not_mixed_up() {
        AmqpAnnotatedMessage a = event(1);
        a.getMessageAnnotations().put("x-opt-partition-key", "a");
        AmqpAnnotatedMessage b = event(2);
        b.getMessageAnnotations().put("x-opt-partition-key", "b");
        AmqpAnnotatedMessage again = event(3);
        again.getMessageAnnotations().put("x-opt-partition-key", "a");
        Map<String, String> first = messages.message(a).properties();
        assertThat(messages.message(b).properties()).containsOnly(Map.entry("x-opt-partition-key", "b"));
        assertThat(messages.message(again).properties()).isSameAs(first).containsOnly(Map.entry("x-opt-partition-key", "a"));
    }
}
