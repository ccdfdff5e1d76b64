package dev.tidemark.stream.hub;

import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.engine.IncomingDelivery;
import org.apache.qpid.protonj2.engine.Receiver;
import org.apache.qpid.protonj2.engine.Sender;
import org.apache.qpid.protonj2.types.DeliveryTag;
import org.apache.qpid.protonj2.types.messaging.Accepted;
import org.apache.qpid.protonj2.types.messaging.AmqpValue;
import org.apache.qpid.protonj2.types.messaging.ApplicationProperties;
import org.apache.qpid.protonj2.types.messaging.Properties;
import org.apache.qpid.protonj2.types.messaging.Section;
import org.apache.qpid.protonj2.types.messaging.Target;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * What a client asks of the hub itself, over a pair of links: tokens are shown at {@code $cbs} (AMQP claims-based security, as Event Hubs has it: operation
 * {@code put-token}), and {@code $management} tells about hubs and partitions (operation {@code READ}). For the client's thread.
 */
final class Service {

    static final String TOKENS = "$cbs";
    static final String MANAGEMENT = "$management";

    private static final int CREDIT = 100;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    private final Hubs hubs;
    private final Access access;
    /** Links that answers go out on: by the address that a client gave its end, and the last one by node. */
    private final Map<String, Sender> answering = new HashMap<>();
    private final Map<Sender, Queue<ProtonBuffer>> waiting = new HashMap<>();

    Service(Hubs hubs, Access access) {
        this.hubs = hubs;
        this.access = access;
    }

    static boolean serves(String address) {
        return TOKENS.equals(address) || MANAGEMENT.equals(address);
    }

    /** The client will read answers of a node here. */
    void answerOn(String node, Sender link) {
        answering.put(node, link);
        if (link.getRemoteTarget() instanceof Target target && target.getAddress() != null) {
            answering.put(target.getAddress(), link);
        }
        waiting.put(link, new ArrayDeque<>());
        link.creditStateUpdateHandler(this::flush);
    }

    /** The client will ask a node here. */
    void askedOn(String node, Receiver link) {
        link.deliveryReadHandler(delivery -> {
            if (!delivery.isPartial() && !delivery.isAborted()) {
                answer(node, delivery);
                link.addCredit(1);
            }
        });
        link.open();
        link.addCredit(CREDIT);
    }

    private void answer(String node, IncomingDelivery delivery) {
        List<Section<?>> request = Sections.decode(delivery.readAll());
        delivery.disposition(Accepted.getInstance(), true);
        Properties properties = Sections.find(request, Properties.class);
        ApplicationProperties asked = Sections.find(request, ApplicationProperties.class);
        String replyTo = properties == null ? null : properties.getReplyTo();
        Sender link = answering.getOrDefault(replyTo, answering.get(node));
        if (link == null || properties == null || asked == null || asked.getValue() == null) {
            return;
        }
        Map<String, Object> values = asked.getValue();
        Answer answer = node.equals(TOKENS) ? token(values, Sections.find(request, AmqpValue.class)) : management(values);
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("status-code", answer.code);
        status.put("status-description", answer.description);
        Queue<ProtonBuffer> queue = waiting.get(link);
        queue.add(Sections.encode(List.of(new Properties().setCorrelationId(properties.getMessageId()), new ApplicationProperties(status), new AmqpValue<>(answer.value))));
        flush(link);
    }

    private void flush(Sender link) {
        Queue<ProtonBuffer> queue = waiting.get(link);
        while (!queue.isEmpty() && link.isLocallyOpen() && link.isSendable()) {
            link.next().setTag(new DeliveryTag.ProtonDeliveryTag("answer".getBytes(StandardCharsets.US_ASCII))).settle().writeBytes(queue.remove());
        }
    }

    private record Answer(int code, String description, Map<String, Object> value) {

        static Answer no(int code, String description) {
            return new Answer(code, description, null);
        }
    }

    private Answer token(Map<String, Object> asked, AmqpValue<?> token) {
        if (!"put-token".equals(asked.get("operation")) || token == null) {
            return Answer.no(BAD_REQUEST, "Cannot answer: only put-token is understood here");
        }
        try {
            access.show(String.valueOf(token.getValue()));
            return new Answer(ACCEPTED, "Accepted", null);
        } catch (AmqpError e) {
            return Answer.no(UNAUTHORIZED, e.getMessage());
        }
    }

    private Answer management(Map<String, Object> asked) {
        String name = String.valueOf(asked.get("name"));
        if (!"READ".equals(asked.get("operation"))) {
            return Answer.no(BAD_REQUEST, "Cannot answer: only READ is understood here");
        }
        try {
            // The SDK shows no token at $cbs for this, but sends it along.
            if (asked.get("security_token") != null) {
                access.show(String.valueOf(asked.get("security_token")));
            }
            access.require(name);
            EventHub hub = hubs.find(name);
            return switch (String.valueOf(asked.get("type"))) {
                case "com.microsoft:eventhub" -> new Answer(OK, "OK", describe(hub));
                case "com.microsoft:partition" -> new Answer(OK, "OK", describe(hub, hub.partition(String.valueOf(asked.get("partition")))));
                default -> Answer.no(BAD_REQUEST, "Cannot answer: only com.microsoft:eventhub and com.microsoft:partition can be read");
            };
        } catch (AmqpError e) {
            return Answer.no(e.condition().getCondition().equals(AmqpError.UNAUTHORIZED) ? UNAUTHORIZED : NOT_FOUND, e.getMessage());
        }
    }

    private static Map<String, Object> describe(EventHub hub) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", hub.name());
        values.put("type", "com.microsoft:eventhub");
        values.put("created_at", Date.from(hub.created()));
        values.put("partition_count", hub.partitions().size());
        values.put("partition_ids", hub.partitions().stream().map(EventHub.Partition::id).toArray(String[]::new));
        return values;
    }

    private static Map<String, Object> describe(EventHub hub, EventHub.Partition partition) {
        LogMark end = partition.log().durable();
        long begin = partition.log().begin();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", hub.name());
        values.put("type", "com.microsoft:partition");
        values.put("partition", partition.id());
        values.put("begin_sequence_number", begin);
        values.put("last_enqueued_sequence_number", end.next() - 1);
        values.put("last_enqueued_offset", Long.toString(end.lastOffset()));
        values.put("last_enqueued_time_utc", Date.from(Instant.ofEpochMilli(end.lastTime())));
        values.put("is_partition_empty", begin == end.next());
        return values;
    }
}
