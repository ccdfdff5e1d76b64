package dev.tidemark.stream.hub;

import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.messaging.ApplicationProperties;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.MessageAnnotations;
import org.apache.qpid.protonj2.types.messaging.Section;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * A hub that runs: it listens, and owns its data folder, until it is closed. Thread-safe.
 */
public final class Hub implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final long FAREWELL_MILLIS = 2_000;

    private final HubSettings settings;
    private final DataFolder folder;
    private final Hubs hubs;
    private final LogWriter writer;
    private final ServerSocketChannel server;
    private final AccessKey key;
    private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
    private final Thread acceptor = new Thread(this::accept, "hub-accept");
    private boolean closed;

    private Hub(HubSettings settings, DataFolder folder, Hubs hubs, ServerSocketChannel server) {
        this.settings = settings;
        this.folder = folder;
        this.hubs = hubs;
        this.server = server;
        this.key = settings.key() == null ? null : new AccessKey(settings.key());
        this.writer = new LogWriter(settings.clock(), hubs.all());
    }

    /**
     * Starts a hub.
     *
     * @throws IllegalArgumentException if the address is open to others and there is no key
     * @throws IOException              if the data folder or the port cannot be had; the message is for the user
     */
    public static Hub open(HubSettings settings) throws IOException {
        InetAddress address;
        try {
            address = InetAddress.getByName(settings.address());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Cannot listen on " + settings.address() + ": there is no such address", e);
        }
        if (settings.key() == null && !address.isLoopbackAddress()) {
            throw new IllegalArgumentException("Cannot listen on " + settings.address() + " without a key: others could reach it. Give a key, or use localhost");
        }
        DataFolder folder = DataFolder.take(settings.data());
        Hubs hubs = null;
        ServerSocketChannel server = null;
        try {
            server = listen(new InetSocketAddress(address, settings.port()));
            hubs = Hubs.open(folder.path(), settings, settings.clock().instant());
            Hub hub = new Hub(settings, folder, hubs, server);
            hub.writer.start();
            hub.acceptor.setDaemon(true);
            hub.acceptor.start();
            return hub;
        } catch (IOException | RuntimeException e) {
            for (Closeable part : new Closeable[] {server, hubs, folder}) {
                if (part != null) {
                    part.close();
                }
            }
            throw e;
        }
    }

    private static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            return server.bind(address);
        } catch (BindException e) {
            server.close();
            throw new IOException("Cannot listen on port " + address.getPort() + ": " + e.getMessage() + ". Choose another port, or 0 for one that is free", e);
        }
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel channel = server.accept();
                try {
                    Peer peer = new Peer(channel, hubs, writer, key, settings.clock());
                    peers.add(peer);
                    peer.start(() -> peers.remove(peer));
                } catch (IOException | RuntimeException e) {
                    channel.close();
                    LOG.warn("Cannot serve a client: {}", e.toString());
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("Cannot accept a client: {}", e.toString());
            }
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.socket().getLocalPort();
    }

    /** Names of the hubs, with their partitions. */
    public Map<String, Integer> names() {
        Map<String, Integer> names = new HashMap<>();
        hubs.all().forEach(hub -> names.put(hub.name(), hub.partitions().size()));
        return names;
    }

    /** What a client of the Azure SDK on this machine connects with. Holds the key if there is one: not for logs. */
    public String connectionString(String hub) {
        return connectionString(hub, settings.key() == null ? "none" : settings.key());
    }

    /** The same with something else in the place of the key. */
    public String connectionString(String hub, String keyText) {
        return "Endpoint=sb://" + settings.address() + ":" + port() + ";SharedAccessKeyName=" + AccessKey.NAME + ";SharedAccessKey=" + keyText
                + ";EntityPath=" + hub + ";UseDevelopmentEmulator=true";
    }

    /**
     * Appends an event without a client; it is durable when this returns.
     *
     * @param annotations what a sender would annotate, such as {@code iothub-connection-device-id}
     * @param properties  application properties
     * @throws IllegalArgumentException if there is no such hub or partition, or the event is larger than a client's could be
     * @throws IOException              if it cannot be written
     */
    public void append(String hub, int partition, Map<String, ?> annotations, Map<String, ?> properties, byte[] body) throws IOException {
        List<Section<?>> sections = new ArrayList<>();
        if (!annotations.isEmpty()) {
            Map<Symbol, Object> values = new HashMap<>();
            annotations.forEach((name, value) -> values.put(Symbol.valueOf(name), value));
            sections.add(new MessageAnnotations(values));
        }
        if (!properties.isEmpty()) {
            sections.add(new ApplicationProperties(new HashMap<>(properties)));
        }
        sections.add(new Data(body));
        var encoded = Sections.encode(sections);
        byte[] bytes = new byte[encoded.getReadableBytes()];
        encoded.readBytes(bytes, 0, bytes.length);
        if (bytes.length > Publication.LIMIT) {
            throw new IllegalArgumentException("Cannot append the event: it is larger than " + Publication.LIMIT + " bytes");
        }
        List<Event> events = List.of(Event.parse(bytes, 0, bytes.length));
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            writer.append(hubs.find(hub).partition(Integer.toString(partition)), events, failure -> {
                if (failure == null) {
                    written.complete(null);
                } else {
                    written.completeExceptionally(failure);
                }
            });
            written.get();
        } catch (AmqpError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while writing", e);
        }
    }

    /** Cuts all connections without a word, as a broken network would; clients can connect again at once. For tests. */
    public void dropConnections() {
        peers.forEach(Peer::kill);
    }

    /** Sends clients away, writes what they have sent, and gives the folder and the port back. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (folder; hubs) {
            server.close();
            writer.close();
            peers.forEach(Peer::dismiss);
            for (Peer peer : List.copyOf(peers)) {
                peer.join(FAREWELL_MILLIS);
                peer.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
