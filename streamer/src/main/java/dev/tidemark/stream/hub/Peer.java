package dev.tidemark.stream.hub;

import jdk.net.ExtendedSocketOptions;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.ProtonBufferAllocator;
import org.apache.qpid.protonj2.engine.Connection;
import org.apache.qpid.protonj2.engine.ConnectionState;
import org.apache.qpid.protonj2.engine.Engine;
import org.apache.qpid.protonj2.engine.EngineFactory;
import org.apache.qpid.protonj2.engine.Session;
import org.apache.qpid.protonj2.engine.exceptions.EngineStateException;
import org.apache.qpid.protonj2.engine.sasl.SaslOutcome;
import org.apache.qpid.protonj2.engine.sasl.SaslServerContext;
import org.apache.qpid.protonj2.engine.sasl.SaslServerListener;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.transport.AMQPHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client that is connected, and the thread that serves it: it alone touches the socket, the protocol engine and the links. Others reach it by
 * {@link #execute} and {@link #wake}.
 */
final class Peer {

    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);
    private static final int MAX_FRAME = 64 << 10;
    private static final int INPUT = 64 << 10;
    /** No more events are encoded while so many bytes wait for the client to take them. */
    private static final int FULL = 256 << 10;
    /** Nothing more is read from a client while so many of its bytes are on their way to the log. */
    private static final long MOST_OWED = 8 << 20;
    private static final int IDLE_MILLIS = 120_000;
    private static final long TICK_MILLIS = 1_000;
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final InstantSource clock;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer input = ByteBuffer.allocate(INPUT);
    private ByteBuffer output = ByteBuffer.allocateDirect(2 * FULL);
    private final Engine engine = EngineFactory.PROTON.createEngine();
    private final Connection connection;
    private final Links links;
    private final boolean quickAcks;
    private Runnable whenGone;
    private long owed;
    private boolean finished;
    private long ticked;

    /** Takes over a connection that was accepted. */
    Peer(SocketChannel channel, Hubs hubs, LogWriter writer, AccessKey accessKey, InstantSource clock) throws IOException {
        this.channel = channel;
        this.clock = clock;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        quickAcks = channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
        links = new Links(this, hubs, writer, new Access(accessKey, clock));
        engine.outputConsumer(this::collect);
        engine.errorHandler(failed -> LOG.debug("{} ended: {}", this, String.valueOf(failed.failureCause())));
        engine.saslDriver().server().setListener(new AnyMechanism());
        connection = engine.start();
        connection.setContainerId("tidemark-hub").setMaxFrameSize(MAX_FRAME).setIdleTimeout(IDLE_MILLIS);
        connection.openHandler(Connection::open);
        connection.closeHandler(closed -> {
            closed.close();
            finished = true;
        });
        connection.sessionOpenHandler(session -> {
            // What one client may have on the way is limited by what it owes, not by sessions.
            session.setIncomingCapacity(Integer.MAX_VALUE);
            session.closeHandler(Session::close);
            session.open();
        });
        connection.senderOpenHandler(links::clientReceives);
        connection.receiverOpenHandler(links::clientSends);
        thread = new Thread(this::run, "hub-" + channel.socket().getPort());
        thread.setDaemon(true);
    }

    /** @param gone called by the peer's thread at its end */
    void start(Runnable gone) {
        whenGone = gone;
        thread.start();
    }

    /** Has the peer's thread do something. For any thread. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** There is something to send. For any thread. */
    void wake() {
        selector.wakeup();
    }

    long millis() {
        return clock.millis();
    }

    /** Counts bytes of the client that are on their way to the log, or have arrived. */
    void owes(long bytes) {
        owed += bytes;
    }

    /** Whether enough is waiting to be sent. */
    boolean full() {
        return output.position() >= FULL;
    }

    private void run() {
        try {
            boolean more = false;
            while (!finished && engine.isRunning()) {
                key.interestOps((owed < MOST_OWED ? SelectionKey.OP_READ : 0) | (output.position() > 0 ? SelectionKey.OP_WRITE : 0));
                if (more) {
                    selector.selectNow();
                } else {
                    selector.select(TICK_MILLIS);
                }
                selector.selectedKeys().clear();
                if (key.isReadable()) {
                    read();
                }
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                tick();
                more = links.pump();
                more &= write();
            }
            farewell();
        } catch (IOException | EngineStateException | CancelledKeyException e) {
            LOG.debug("{} ended: {}", this, e.toString());
        } catch (RuntimeException e) {
            LOG.warn("{} ended by a fault of the hub", this, e);
        } finally {
            links.leave();
            kill();
            whenGone.run();
        }
    }

    private void read() throws IOException {
        input.clear();
        int count = channel.read(input);
        if (count < 0) {
            finished = true;
            return;
        }
        if (quickAcks) {
            // Clients on Proton-J leave Nagle's algorithm on: without an acknowledgement at once, each of their small frames waits 40 ms. Not kept by the
            // system, so set again after every read.
            channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
        engine.ingest(ProtonBufferAllocator.defaultAllocator().copy(input.array(), 0, count));
    }

    private void collect(ProtonBuffer bytes) {
        int length = bytes.getReadableBytes();
        if (length > output.remaining()) {
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(2 * output.capacity(), output.position() + length));
            output = larger.put(output.flip());
        }
        bytes.copyInto(bytes.getReadOffset(), output, output.position(), length);
        output.position(output.position() + length);
    }

    /** Sends what waits, as far as the client takes it; gives whether it took all. */
    private boolean write() throws IOException {
        if (output.position() > 0) {
            output.flip();
            channel.write(output);
            output.compact();
        }
        return output.position() == 0;
    }

    private void tick() {
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        if (now - ticked >= TICK_MILLIS) {
            ticked = now;
            links.expire();
            if (connection.getState() == ConnectionState.ACTIVE && connection.getRemoteState() == ConnectionState.ACTIVE) {
                engine.tick(now);
            }
        }
    }

    /** Gives the last words a moment to reach the client. */
    private void farewell() throws IOException {
        long deadline = System.nanoTime() + FAREWELL_NANOS;
        while (!write() && System.nanoTime() < deadline) {
            key.interestOps(SelectionKey.OP_WRITE);
            selector.select(TICK_MILLIS / 10);
            selector.selectedKeys().clear();
        }
    }

    /** Tells the client that the hub stops, and ends. For any thread. */
    void dismiss() {
        execute(() -> {
            connection.setCondition(new AmqpError(AmqpError.FORCED, "The hub stops").condition());
            connection.close();
            finished = true;
        });
    }

    /** Ends without a word, as a broken network would. For any thread. */
    void kill() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing {}", this, e);
        }
        selector.wakeup();
    }

    /** Waits until the peer's thread has ended, but not for ever. */
    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    @Override
    public String toString() {
        return "Client " + thread.getName();
    }

    /** Who a client is, its tokens say at {@code $cbs}; the mechanism of the connection says nothing. */
    private static final class AnyMechanism implements SaslServerListener {

        @Override
        public void handleSaslHeader(SaslServerContext context, AMQPHeader header) {
            context.sendMechanisms(new String[] {"MSSBCBS", "ANONYMOUS", "EXTERNAL"});
        }

        @Override
        public void handleSaslInit(SaslServerContext context, Symbol mechanism, ProtonBuffer response) {
            context.sendOutcome(SaslOutcome.SASL_OK, null);
        }

        @Override
        public void handleSaslResponse(SaslServerContext context, ProtonBuffer response) {
            // None of the mechanisms has a challenge.
        }
    }
}
