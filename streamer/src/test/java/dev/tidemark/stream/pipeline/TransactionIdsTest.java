package dev.tidemark.stream.pipeline;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TransactionIdsTest {

    @Test
    void source_and_partition_can_hold_any_character() {
        String id = TransactionIds.position("files:a#b%23", "c#d/e.csv");
        assertThat(id).isEqualTo("files:a%23b%2523#c#d/e.csv");
        Map<String, Long> transactions = Map.of(id, 7L, TransactionIds.position("files:a", "b"), 8L, TransactionIds.INGESTED, 9L, TransactionIds.watermark(id), 10L);
        assertThat(TransactionIds.positions(transactions, "files:a#b%23")).containsExactlyEntriesOf(Map.of("c#d/e.csv", 7L));
        assertThat(TransactionIds.positions(transactions, "files:a")).containsExactlyEntriesOf(Map.of("b", 8L));
        assertThat(TransactionIds.positions(transactions)).containsOnlyKeys(id, "files:a#b");
        assertThat(TransactionIds.watermarks(transactions)).containsExactlyEntriesOf(Map.of(id, 10L));
    }
}
