package dev.tidemark.stream.source;

import java.time.Duration;
import java.time.InstantSource;

/** Kafka sources for tests. */
final class KafkaSpecs {

    private KafkaSpecs() {
    }

    static KafkaSource source(String spec, KafkaPartition.Room room, Duration patience, Duration look) {
        return new KafkaSource(KafkaSpec.of(KafkaSpec.settings(spec)), InstantSource.system(), room, patience, look);
    }
}
