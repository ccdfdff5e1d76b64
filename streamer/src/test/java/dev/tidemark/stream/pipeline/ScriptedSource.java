package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.source.EventSource;
import dev.tidemark.stream.source.Message;
import dev.tidemark.stream.source.SourcePartition;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A source whose partitions hold prepared messages, in batches that end at fixed numbers. */
class ScriptedSource implements EventSource {

    private final String name;
    private final int batch;
    private final boolean ends;
    private final Map<String, List<Message>> script = new LinkedHashMap<>();
    private final List<Partition> partitions = new ArrayList<>();
    private Runnable arrived = () -> { };

    /** @param ends whether a partition is finished when its messages are read */
    ScriptedSource(String name, int batch, boolean ends) {
        this.name = name;
        this.batch = batch;
        this.ends = ends;
    }

    ScriptedSource json(String partition, String... bodies) {
        for (String body : bodies) {
            message(partition, body.getBytes(StandardCharsets.UTF_8), Map.of());
        }
        return this;
    }

    ScriptedSource message(String partition, byte[] body, Map<String, String> properties) {
        List<Message> messages = script.computeIfAbsent(partition, p -> new ArrayList<>());
        messages.add(new Message(messages.size(), 1_500_000_000_000_000L + messages.size(), null, properties, body));
        return this;
    }

    /** Messages that the transport took at the same moment. */
    ScriptedSource together(String partition, long enqueued, String... bodies) {
        List<Message> messages = script.computeIfAbsent(partition, p -> new ArrayList<>());
        for (String body : bodies) {
            messages.add(new Message(messages.size(), enqueued, null, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
        }
        return this;
    }

    private final class Partition implements SourcePartition {

        private final String id;
        private final List<Message> messages;
        private long position;

        Partition(String id, List<Message> messages, long position) {
            this.id = id;
            this.messages = messages;
            this.position = position;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public List<Message> poll(int max) {
            if (finished()) {
                return List.of();
            }
            int from = (int) position + 1;
            int to = Math.min(messages.size(), (from / batch + 1) * batch);
            position = to - 1L;
            if (ends && to == messages.size()) {
                position = END;
            }
            return List.copyOf(messages.subList(from, to));
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public boolean finished() {
            return position == END;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(Map<String, Long> positions, Runnable wake) {
        arrived = wake;
        partitions.clear();
        script.forEach((id, messages) -> {
            long position = positions.getOrDefault(id, -1L);
            if (position != SourcePartition.END) {
                partitions.add(new Partition(id, messages, position));
            }
        });
    }

    void arrive() {
        arrived.run();
    }

    @Override
    public List<SourcePartition> partitions() {
        partitions.removeIf(Partition::finished);
        return List.copyOf(partitions);
    }

    @Override
    public boolean drained() {
        return partitions.stream().allMatch(p -> p.finished() || p.position + 1 == p.messages.size());
    }

    @Override
    public List<String> problems() {
        return List.of();
    }

    @Override
    public void close() {
    }
}
