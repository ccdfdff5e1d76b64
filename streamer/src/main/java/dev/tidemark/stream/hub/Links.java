package dev.tidemark.stream.hub;

import org.apache.qpid.protonj2.engine.Link;
import org.apache.qpid.protonj2.engine.Receiver;
import org.apache.qpid.protonj2.engine.Sender;
import org.apache.qpid.protonj2.types.DescribedType;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.UnsignedLong;
import org.apache.qpid.protonj2.types.messaging.Source;
import org.apache.qpid.protonj2.types.messaging.Target;
import org.apache.qpid.protonj2.types.transport.SenderSettleMode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The links of one client: attaches them to what they ask for, or says why not. For the client's thread. */
final class Links {

    private static final Symbol EPOCH = Symbol.valueOf("com.microsoft:epoch");
    private static final Symbol FILTER = Symbol.valueOf("apache.org:selector-filter:string");
    private static final Symbol METRICS = Symbol.valueOf("com.microsoft:enable-receiver-runtime-metric");

    private final Peer peer;
    private final Hubs hubs;
    private final LogWriter writer;
    private final Access access;
    private final Service service;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<Publication> publications = new ArrayList<>();

    Links(Peer peer, Hubs hubs, LogWriter writer, Access access) {
        this.peer = peer;
        this.hubs = hubs;
        this.writer = writer;
        this.access = access;
        this.service = new Service(hubs, access);
    }

    /** A client attaches a link to receive: from the services, or from a partition. */
    void clientReceives(Sender link) {
        Source source = link.getRemoteSource();
        Target target = link.getRemoteTarget();
        String address = source == null ? null : source.getAddress();
        link.setSource(source == null ? new Source() : source.copy());
        link.setTarget(target == null ? new Target() : target.copy());
        // The hub keeps no account of deliveries, so it sends them settled, whatever the client would like: the answer says so (AMQP 1.0, part 2, 2.7.3).
        link.setSenderSettleMode(SenderSettleMode.SETTLED);
        link.setReceiverSettleMode(link.getRemoteReceiverSettleMode());
        link.detachHandler(Link::close);
        link.closeHandler(Link::close);
        if (Service.serves(address)) {
            service.answerOn(address, link);
            link.open();
            return;
        }
        try {
            subscribe(link, source, address);
        } catch (AmqpError e) {
            refuse(link, e);
        }
    }

    private void subscribe(Sender link, Source source, String address) throws AmqpError {
        Address parsed = Address.parse(address);
        String path = Address.path(address);
        access.require(path);
        EventHub hub = hubs.find(parsed.hub());
        if (parsed.group() == null || parsed.partition() == null) {
            throw Address.notFound(path);
        }
        String group = hubs.group(parsed.group());
        EventHub.Partition partition = hub.partition(parsed.partition());
        Map<Symbol, Object> properties = link.getRemoteProperties();
        Long epoch = properties != null && properties.get(EPOCH) instanceof Number number ? number.longValue() : null;
        Symbol[] wishes = link.getRemoteDesiredCapabilities();
        boolean metrics = wishes != null && Arrays.asList(wishes).contains(METRICS);
        LogReader reader;
        try {
            reader = new LogReader(partition.log(), partition.log().find(selector(source)));
        } catch (IllegalArgumentException e) {
            throw new AmqpError(AmqpError.INVALID_FIELD, e.getMessage());
        } catch (IOException e) {
            throw new AmqpError(AmqpError.INTERNAL, e.getMessage());
        }
        Subscription subscription = new Subscription(peer, link, path, partition, group, epoch, metrics, reader);
        partition.consumers().admit(subscription);
        subscriptions.add(subscription);
        link.localCloseHandler(closed -> {
            subscription.leave();
            subscriptions.remove(subscription);
        });
        link.setOfferedCapabilities(metrics ? new Symbol[] {METRICS} : null);
        link.open();
    }

    private static Selector selector(Source source) {
        Object filter = source.getFilter() == null ? null : source.getFilter().get(FILTER);
        return Selector.parse(filter instanceof DescribedType described ? String.valueOf(described.getDescribed()) : filter == null ? null : filter.toString());
    }

    /** A client attaches a link to send: to the services, a hub, or a partition of one. */
    void clientSends(Receiver link) {
        Source source = link.getRemoteSource();
        Target target = link.getRemoteTarget();
        String address = target == null ? null : target.getAddress();
        link.setSource(source == null ? new Source() : source.copy());
        link.setTarget(target == null ? new Target() : target.copy());
        link.setSenderSettleMode(link.getRemoteSenderSettleMode());
        link.setReceiverSettleMode(link.getRemoteReceiverSettleMode());
        link.setMaxMessageSize(UnsignedLong.valueOf(Publication.LIMIT));
        link.detachHandler(Link::close);
        link.closeHandler(Link::close);
        if (Service.serves(address)) {
            service.askedOn(address, link);
            return;
        }
        try {
            Address parsed = Address.parse(address);
            String path = Address.path(address);
            access.require(path);
            EventHub hub = hubs.find(parsed.hub());
            if (parsed.group() != null) {
                throw Address.notFound(path);
            }
            EventHub.Partition partition = parsed.partition() == null ? null : hub.partition(parsed.partition());
            Publication publication = new Publication(peer, link, path, hub, partition, writer);
            publications.add(publication);
            link.localCloseHandler(closed -> publications.remove(publication));
            link.open();
            publication.begin();
        } catch (AmqpError e) {
            refuse(link, e);
        }
    }

    /** Attached and detached again with the reason: so the protocol has it (AMQP 1.0, part 2, 2.6.3). */
    private static void refuse(Link<?> link, AmqpError why) {
        if (link instanceof Sender) {
            link.setSource(null);
        } else {
            ((Receiver) link).setTarget((Target) null);
        }
        link.open();
        link.setCondition(why.condition());
        link.close();
    }

    /** Sends events; gives whether there are more that only the full output keeps back. */
    boolean pump() {
        boolean more = false;
        for (int i = 0; i < subscriptions.size(); i++) {
            more |= subscriptions.get(i).pump();
        }
        return more;
    }

    /** Ends links whose token has expired. */
    void expire() {
        for (Subscription subscription : List.copyOf(subscriptions)) {
            if (!access.allows(subscription.path())) {
                subscription.end(expired());
            }
        }
        for (Publication publication : List.copyOf(publications)) {
            if (!access.allows(publication.path())) {
                publication.end(expired());
            }
        }
    }

    private static AmqpError expired() {
        return new AmqpError(AmqpError.UNAUTHORIZED, "The token for this link has expired. Show a new one");
    }

    /** The client is gone. */
    void leave() {
        subscriptions.forEach(Subscription::leave);
    }
}
