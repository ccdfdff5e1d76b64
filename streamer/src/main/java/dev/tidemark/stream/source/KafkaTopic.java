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
    private final int patience;

    /** @param patience how long an answer may take */
    KafkaTopic(String name, KafkaSettings settings, Duration patience) {
        this.name = name;
        this.admin = Admin.create(settings.admin());
        this.patience = (int) patience.toMillis();
    }

    /** What it is now; fails with Kafka's exceptions. */
    Future<Description> describe() {
        return admin.describeTopics(List.of(name), new DescribeTopicsOptions().timeoutMs(patience)).topicNameValues().get(name).thenApply(Description::of);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
