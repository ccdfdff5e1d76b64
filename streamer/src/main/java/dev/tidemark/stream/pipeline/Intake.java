package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.source.EventSource;
import dev.tidemark.stream.source.Message;
import dev.tidemark.stream.source.SourcePartition;
import dev.tidemark.stream.window.Watermarks;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Decides which partition to ask next: of those that have messages, the one whose event time is furthest behind. So partitions that are read at any speed
 * (the files of a folder) are merged by event time, and none makes another one's events late.
 */
final class Intake {

    private static final int MOST = 4_096;

    private final List<EventSource> sources;
    private final Function<EventSource, String> names;
    private final Watermarks watermarks;
    private final int most;
    private final Map<SourcePartition, Known> known = new IdentityHashMap<>();

    /**
     * A partition.
     *
     * @param position what it is called in the tables' positions
     * @param began    number of the last message that the tables held when it was first listed
     */
    record Known(String source, SourcePartition partition, String position, long began) {
    }

    /** What one partition gave. No messages: it is finished. */
    record Polled(Known from, List<Message> messages, long number, boolean finished) {
    }

    /**
     * @param names what a source is called in the tables
     * @param limit no batch has more messages than this
     */
    Intake(List<EventSource> sources, Function<EventSource, String> names, Watermarks watermarks, int limit) {
        this.sources = sources;
        this.names = names;
        this.watermarks = watermarks;
        this.most = Math.min(MOST, limit);
    }

    /** All partitions that the sources list now, in a stable order. */
    List<Known> partitions() {
        List<Known> listed = new ArrayList<>();
        for (EventSource source : sources) {
            for (SourcePartition partition : source.partitions()) {
                listed.add(known.computeIfAbsent(partition,
                        p -> new Known(names.apply(source), p, TransactionIds.position(names.apply(source), p.id()), p.position())));
            }
        }
        return listed;
    }

    /** Asks the partitions until one gives something or ends; null if none has anything now. */
    Polled poll(long now) {
        List<Known> asked = partitions();
        long[] highest = new long[asked.size()];
        for (int i = 0; i < highest.length; i++) {
            watermarks.expect(asked.get(i).position);
            highest[i] = watermarks.highest(asked.get(i).position);
        }
        for (int tried = 0; tried < highest.length; tried++) {
            int furthestBehind = -1;
            for (int i = 0; i < highest.length; i++) {
                if (asked.get(i) != null && (furthestBehind < 0 || highest[i] < highest[furthestBehind])) {
                    furthestBehind = i;
                }
            }
            Known next = asked.set(furthestBehind, null);
            List<Message> messages = next.partition.poll(most);
            boolean finished = next.partition.finished();
            if (finished) {
                known.remove(next.partition);
            }
            if (!messages.isEmpty() || finished) {
                return new Polled(next, messages, next.partition.position(), finished);
            }
            watermarks.quiet(next.position, now);
        }
        return null;
    }

    /** Whether every source has given all that was there. */
    boolean drained() {
        return sources.stream().allMatch(EventSource::drained);
    }
}
