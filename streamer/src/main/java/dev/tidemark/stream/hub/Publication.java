package dev.tidemark.stream.hub;

import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.engine.IncomingDelivery;
import org.apache.qpid.protonj2.engine.Receiver;
import org.apache.qpid.protonj2.types.messaging.Accepted;
import org.apache.qpid.protonj2.types.messaging.Rejected;

import java.io.IOException;
import java.util.List;

/** A client sends to a hub. A message is accepted when its events are durable; a batch is all in one partition, one event behind the other. For the client's thread. */
final class Publication {

    /** Of a message, a batch or not, as on Azure's standard tier. */
    static final int LIMIT = 1 << 20;

    private static final int BATCH_FORMAT = 0x80013700;
    private static final int CREDIT = 500;

    private final Peer peer;
    private final Receiver link;
    private final String path;
    private final EventHub hub;
    private final EventHub.Partition fixed;
    private final LogWriter writer;

    /**
     * @param path  what the client attached to
     * @param fixed the partition that the client has chosen, or null
     */
    Publication(Peer peer, Receiver link, String path, EventHub hub, EventHub.Partition fixed, LogWriter writer) {
        this.peer = peer;
        this.link = link;
        this.path = path;
        this.hub = hub;
        this.fixed = fixed;
        this.writer = writer;
        link.deliveryReadHandler(this::receive);
    }

    String path() {
        return path;
    }

    /** Allows the first messages. */
    void begin() {
        link.addCredit(CREDIT);
    }

    /** Ends the sending; the client is told why. */
    void end(AmqpError why) {
        if (link.isLocallyOpen()) {
            link.setCondition(why.condition());
            link.close();
        }
    }

    private void receive(IncomingDelivery delivery) {
        if (delivery.isAborted() || !link.isLocallyOpen()) {
            delivery.readAll();
            delivery.settle();
            return;
        }
        if (delivery.available() > LIMIT) {
            end(new AmqpError(AmqpError.TOO_LARGE, "Cannot take the message: it is larger than " + LIMIT + " bytes. Send smaller events or fewer in a batch"));
            return;
        }
        if (delivery.isPartial()) {
            delivery.claimAvailableBytes();
            return;
        }
        ProtonBuffer payload = delivery.readAll();
        byte[] bytes = new byte[payload == null ? 0 : payload.getReadableBytes()];
        if (payload != null) {
            payload.readBytes(bytes, 0, bytes.length);
        }
        try {
            store(delivery, bytes);
        } catch (IllegalArgumentException e) {
            settle(delivery, new AmqpError(AmqpError.DECODE, e.getMessage()));
        }
    }

    private void store(IncomingDelivery delivery, byte[] bytes) {
        List<Event> events;
        Event envelope = Event.parse(bytes, 0, bytes.length);
        if (delivery.getMessageFormat() == BATCH_FORMAT) {
            events = AmqpBytes.batch(bytes);
        } else {
            events = List.of(envelope);
        }
        EventHub.Partition partition = fixed == null ? hub.partitionFor(envelope.partitionKey()) : fixed;
        peer.owes(bytes.length);
        writer.append(partition, events, failure -> peer.execute(() -> {
            peer.owes(-bytes.length);
            settle(delivery, failure == null ? null : refusal(failure));
        }));
    }

    private static AmqpError refusal(IOException failure) {
        return new AmqpError(AmqpError.BUSY, failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }

    private void settle(IncomingDelivery delivery, AmqpError refusal) {
        if (!link.isLocallyOpen()) {
            return;
        }
        delivery.disposition(refusal == null ? Accepted.getInstance() : new Rejected().setError(refusal.condition()), true);
        if (link.getCredit() < CREDIT / 2) {
            link.addCredit(CREDIT - link.getCredit());
        }
    }
}
