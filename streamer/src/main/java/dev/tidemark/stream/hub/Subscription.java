package dev.tidemark.stream.hub;

import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.impl.ProtonByteArrayBufferAllocator;
import org.apache.qpid.protonj2.engine.OutgoingDelivery;
import org.apache.qpid.protonj2.engine.Sender;
import org.apache.qpid.protonj2.types.DeliveryTag;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.messaging.DeliveryAnnotations;

import java.io.IOException;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client reads a partition. Events go out as they are stored, and settled: what a client has had is a matter of its position, the hub
 * keeps no account of it, so there is nothing that it could settle. For the client's thread, but where it says otherwise.
 */
final class Subscription {

    /** Deliveries that are settled need no tag to tell them apart, but the protocol wants one. */
    private static final DeliveryTag TAG = new DeliveryTag.ProtonDeliveryTag(new byte[] {0});

    private final Peer peer;
    private final Sender link;
    private final String path;
    private final EventHub.Partition partition;
    private final String group;
    private final Long epoch;
    private final boolean metrics;
    private final LogReader reader;
    /** A large event of which the client's window took only the beginning. */
    private OutgoingDelivery unfinished;
    private ProtonBuffer rest;

    /**
     * @param path    what the client attached to
     * @param epoch   null without
     * @param metrics whether each event tells how far the partition goes
     */
    Subscription(Peer peer, Sender link, String path, EventHub.Partition partition, String group, Long epoch, boolean metrics, LogReader reader) {
        this.peer = peer;
        this.link = link;
        this.path = path;
        this.partition = partition;
        this.group = group;
        this.epoch = epoch;
        this.metrics = metrics;
        this.reader = reader;
    }

    /** For any thread. */
    String group() {
        return group;
    }

    /** For any thread. */
    Long epoch() {
        return epoch;
    }

    String path() {
        return path;
    }

    /** There are more events. For any thread. */
    void wake() {
        peer.wake();
    }

    /** Another has taken the partition. For any thread. */
    void lose(String why) {
        peer.execute(() -> end(new AmqpError(AmqpError.STOLEN, why)));
    }

    /** Ends the reading; the client is told why. */
    void end(AmqpError why) {
        if (link.isLocallyOpen()) {
            link.setCondition(why.condition());
            link.close();
        }
    }

    /** The client is gone, or has had enough. */
    void leave() {
        partition.consumers().leave(this);
    }

    /**
     * Sends what there is, as long as the client takes more.
     *
     * @return whether there is more for it, but the output is full
     */
    boolean pump() {
        if (!link.isLocallyOpen() || !link.isRemotelyOpen()) {
            return false;
        }
        try {
            while (link.isSendable() && (unfinished != null || reader.ready())) {
                if (peer.full()) {
                    return true;
                }
                if (unfinished != null) {
                    send(unfinished, rest);
                } else if (reader.next()) {
                    send(link.next().setTag(TAG).settle(), event());
                }
            }
        } catch (IOException e) {
            end(new AmqpError(AmqpError.INTERNAL, e.getMessage()));
            return false;
        }
        if (link.isDraining()) {
            link.drained();
        }
        return false;
    }

    private void send(OutgoingDelivery delivery, ProtonBuffer bytes) {
        delivery.writeBytes(bytes);
        unfinished = bytes.isReadable() ? delivery : null;
        rest = bytes;
    }

    private ProtonBuffer event() {
        int length = reader.to() - reader.from();
        if (!metrics) {
            return ProtonByteArrayBufferAllocator.wrapped(reader.bytes(), reader.from(), length).convertToReadOnly();
        }
        LogMark end = partition.log().durable();
        Map<Symbol, Object> values = new LinkedHashMap<>();
        values.put(Symbol.valueOf("last_enqueued_sequence_number"), end.next() - 1);
        values.put(Symbol.valueOf("last_enqueued_offset"), Long.toString(end.lastOffset()));
        values.put(Symbol.valueOf("last_enqueued_time_utc"), new Date(end.lastTime()));
        values.put(Symbol.valueOf("runtime_info_retrieval_time_utc"), new Date(peer.millis()));
        return Sections.encode(List.of(new DeliveryAnnotations(values))).writeBytes(reader.bytes(), reader.from(), length);
    }
}
