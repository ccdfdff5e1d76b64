package dev.tidemark.lake.log;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class LogListingTest {

    private static LogListing listing(String... names) {
        List<String> files = new ArrayList<>();
        for (String name : names) {
            files.add("0".repeat(20 - name.indexOf('.')) + name);
        }
        return LogListing.of(files);
    }

    @Test
    void names_that_are_none_of_a_log_s_are_passed_over() {
        LogListing log = LogListing.of(List.of("_last_checkpoint", "00000000000000000000.json", ".00000000000000000001.json.crc", "x.json",
                "00000000000000000001.crc", "_sidecars", ".tmp-1", "00000000000000000002.00000000000000000003.compacted.json",
                "00000000000000000000.checkpoint.0000000001.9999999999.parquet"));
        assertThat(log.commits()).containsExactly(0);
        assertThat(log.latest()).isZero();
        assertThat(log.newest()).isZero();
    }

    @Test
    void the_first_missing_version_is_found_wherever_one_begins() {
        LogListing log = listing("3.json", "0.json", "1.json", "2.json", "7.json", "8.json");
        assertThat(log.firstMissing(0)).isEqualTo(4);
        assertThat(log.firstMissing(3)).isEqualTo(4);
        assertThat(log.firstMissing(5)).isEqualTo(5);
        assertThat(log.firstMissing(7)).isEqualTo(9);
        assertThat(log.firstOfRun(8)).isEqualTo(7);
        assertThat(log.firstOfRun(2)).isZero();
        assertThat(log.latest()).isEqualTo(3);
        assertThat(log.newest()).isEqualTo(8);
    }

    @Test
    void a_checkpoint_of_parts_counts_once_all_parts_are_there() {
        String one = "5.checkpoint.0000000001.0000000002.parquet";
        String two = "5.checkpoint.0000000002.0000000002.parquet";
        assertThat(listing(two).checkpoints()).isEmpty();
        LogListing whole = listing(two, one, "6.json");
        assertThat(whole.checkpoints().get(5L)).hasSize(2).first().asString().endsWith(one);
        assertThat(whole.anchor()).isEqualTo(5);
        assertThat(whole.latest()).isEqualTo(6);
        assertThat(whole.checkpointAt(4)).isEmpty();
    }

    @Test
    void a_gap_before_the_newest_checkpoint_does_no_harm() {
        LogListing log = listing("0.json", "4.checkpoint.parquet", "4.json", "5.json");
        assertThat(log.latest()).isEqualTo(5);
    }

    @Test
    void a_checkpoint_of_the_second_version_is_named_by_a_uuid() {
        String name = "00000000000000000004.checkpoint.2060591f-8b79-49af-b896-1387bcc19b03.json";
        assertThat(LogListing.of(List.of(name, LogListing.commitName(5))).checkpoints()).containsExactly(Map.entry(4L, List.of(name)));
    }

    @Test
    void a_checkpoint_of_another_form_is_seen_but_not_used() {
        LogListing log = listing("4.checkpoint.of-the-future.parquet", "5.json");
        assertThat(log.anchor()).isEqualTo(-1);
        assertThat(log.foreign()).isEqualTo(4);
    }
}
