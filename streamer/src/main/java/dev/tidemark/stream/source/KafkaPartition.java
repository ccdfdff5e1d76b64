package dev.tidemark.stream.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** One partition of a topic: what was fetched waits here until it is polled. Filled by the reader's thread, polled by the pipeline's. */
final class KafkaPartition implements SourcePartition {

    /** What a waiting message takes besides its body, about. */
    private static final int OVERHEAD = 64;

    /**
     * How much waits before fetching pauses. One more fetch may come on top.
     *
     * @param messages number of messages
     * @param bytes    bytes of their bodies
     */
    record Room(int messages, long bytes) {
    }

    private final int number;
    private final String id;
    private final Room room;
    private final OptionalLong beganAfter;
    private final long target;
    private final Runnable roomAgain;
    private long position;

    /** What follows is guarded by {@code this}. */
    private final ArrayDeque<Message> waiting = new ArrayDeque<>();
    private long bytes;
    private long next;
    private long end;
    private boolean paused;

    /**
     * A partition of which nothing has been fetched yet.
     *
     * @param start     where it begins
     * @param target    the offset up to which {@code --once} waits
     * @param roomAgain is run when it had no room, and has some now
     */
    KafkaPartition(int number, KafkaStart start, long target, Room room, Runnable roomAgain) {
        this.number = number;
        this.id = Integer.toString(number);
        this.room = room;
        this.beganAfter = start.beganAfter();
        this.position = start.position();
        this.next = start.offset();
        this.target = target;
        this.end = target;
        this.roomAgain = roomAgain;
    }

    int number() {
        return number;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public OptionalLong beganAfter() {
        return beganAfter;
    }

    /** Offsets without a message (marks of transactions) count as long as they have not been passed. */
    @Override
    public synchronized long behind() {
        return waiting.size() + Math.max(0, end - next);
    }

    /** Takes the offset after the newest message, as the brokers told it just now. */
    synchronized void reaches(long offset) {
        end = offset;
    }

    @Override
    public boolean finished() {
        return false;
    }

    @Override
    public List<Message> poll(int max) {
        List<Message> polled;
        boolean wake;
        synchronized (this) {
            if (waiting.isEmpty()) {
                return List.of();
            }
            long limit = waiting.peek().number() / max * max + max;
            polled = new ArrayList<>(Math.min(max, waiting.size()));
            while (!waiting.isEmpty() && waiting.peek().number() < limit) {
                Message message = waiting.poll();
                bytes -= message.body().length + OVERHEAD;
                polled.add(message);
            }
            wake = paused && hasRoom();
        }
        position = polled.get(polled.size() - 1).number();
        if (wake) {
            roomAgain.run();
        }
        return polled;
    }

    /** Whether everything that was there when it was opened has been polled. Offsets without a message (marks of transactions) do not matter. */
    synchronized boolean drained() {
        return waiting.isEmpty() && next >= target;
    }

    /**
     * Takes what was fetched.
     *
     * @param fetched in order
     * @param offset  where fetching goes on
     */
    synchronized void add(List<Message> fetched, long offset) {
        for (Message message : fetched) {
            waiting.add(message);
            bytes += message.body().length + OVERHEAD;
        }
        next = offset;
    }

    /** Decides whether fetching is to pause; so until half of it has been polled. */
    synchronized boolean pause() {
        paused = paused ? !hasRoom() : waiting.size() >= room.messages || bytes >= room.bytes;
        return paused;
    }

    private boolean hasRoom() {
        return waiting.size() <= room.messages / 2 && bytes <= room.bytes / 2;
    }

    /** Whether fetching pauses. */
    synchronized boolean paused() {
        return paused;
    }

    /** How many messages wait. */
    synchronized int waiting() {
        return waiting.size();
    }
}
