package dev.tidemark.stream.source;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;

/** Asks the brokers what a topic is. Thread-safe. */
final class KafkaTopic implements AutoCloseable {

    /**
     * A topic as it is at the moment.
     *
     * @param identity   another one if it was deleted and made again; 0 from brokers that do not tell
     * @param partitions in order
     */
    record Description(long identity, List<TopicPartition> partitions) {

        private static Description of(TopicDescription topic) {
            return new Description(topic.topicId().getMostSignificantBits() ^ topic.topicId().getLeastSignificantBits(),
                    topic.partitions().stream().map(TopicPartitionInfo::partition).sorted().map(number -> new TopicPartition(topic.name(), number)).toList());
        }
    }

    private final String name;
    private final Admin admin;

    KafkaTopic(String name, KafkaSettings settings) {
        this.name = name;
        this.admin = Admin.create(settings.admin());
    }

    /** What it is now; fails with Kafka's exceptions, after {@code patience} at the latest. */
    Future<Description> describe(Duration patience) {
        return admin.describeTopics(List.of(name), new DescribeTopicsOptions().timeoutMs((int) patience.toMillis())).topicNameValues().get(name).thenApply(Description::of);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
