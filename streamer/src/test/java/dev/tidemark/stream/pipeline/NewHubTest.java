package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.source.Message;
import dev.tidemark.stream.source.Origin;
import dev.tidemark.stream.source.SourcePartition;
import dev.tidemark.stream.table.LakeTables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A hub that is deleted and made again under the same name. */
class NewHubTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z"));

    @TempDir
    Path lake;

    private static ScriptedSource hub(long made, int messages) {
        ScriptedSource source = new ScriptedSource("hub", 10, false) {
            @Override
            public Optional<Origin> origin() {
                return Optional.of(new Origin(made, Map.of("0", messages - 1L)));
            }
        };
        for (int i = 0; i < messages; i++) {
            source.json("0", "{\"deviceId\":\"d" + made + "\",\"ts\":" + (1_714_550_400L + i) + ",\"x\":" + i + "}");
        }
        return source;
    }

    private void run(ScriptedSource source, boolean acceptNew) throws IOException {
        new Pipeline(Lake.at(lake.toString()), List.of(source), Settings.DEFAULT, CLOCK, new Figures(new SimpleMeterRegistry()), problem -> { },
                new Pipeline.Surroundings(() -> 0, table -> { }, false)).run(Pipeline.Until.DRAINED, acceptNew);
    }

    private List<String> bronze() {
        return LakeRows.of(lake, LakeTables.BRONZE_EVENTS.path()).stream().map(row -> row.get("source") + " " + row.get("offset")).sorted().toList();
    }

    @Test
    void the_same_hub_is_gone_on_with() throws IOException {
        run(hub(1, 2), false);
        run(hub(1, 3), false);
        assertThat(bronze()).containsExactly("hub 0", "hub 1", "hub 2");
    }

    @Test
    void one_made_anew_is_refused_and_nothing_is_written() throws IOException {
        run(hub(1, 2), false);
        assertThatThrownBy(() -> run(hub(2, 5), false)).isInstanceOf(StreamException.class).hasMessageContaining("made anew").hasMessageContaining("--accept-new-hub");
        assertThat(bronze()).containsExactly("hub 0", "hub 1");
    }

    @Test
    void it_is_refused_too_if_the_run_before_saw_no_message_of_the_old_one() throws IOException {
        run(hub(1, 0), false);
        assertThatThrownBy(() -> run(hub(2, 5), false)).isInstanceOf(StreamException.class);
    }

    @Test
    void accepted_its_messages_come_beside_the_old_ones_and_source_partition_and_number_stay_unique() throws IOException {
        run(hub(1, 2), false);
        run(hub(2, 3), true);
        run(hub(2, 4), false);
        assertThat(bronze()).containsExactly("hub 0", "hub 1", "hub@2 0", "hub@2 1", "hub@2 2", "hub@2 3");
        assertThat(LakeRows.of(lake, LakeTables.SILVER_READINGS.path())).hasSize(6);
        assertThatThrownBy(() -> run(hub(1, 2), false)).as("the old one, back").isInstanceOf(StreamException.class);
    }

    @Test
    void where_a_partition_began_is_kept_before_its_first_message() throws IOException {
        ScriptedSource source = new ScriptedSource("hub", 10, false) {
            @Override
            public List<SourcePartition> partitions() {
                return List.of(new Quiet());
            }

            @Override
            public boolean drained() {
                return true;
            }
        };
        run(source, false);
        assertThat(Lake.at(lake.toString()).table(LakeTables.BRONZE_EVENTS.path()).snapshot().transactions()).containsEntry("hub#7", -1L);
    }

    /** Began at the end of an empty partition. */
    private static final class Quiet implements SourcePartition {

        @Override
        public String id() {
            return "7";
        }

        @Override
        public List<Message> poll(int max) {
            return List.of();
        }

        @Override
        public long position() {
            return -1;
        }

        @Override
        public OptionalLong beganAfter() {
            return OptionalLong.of(-1);
        }

        @Override
        public boolean finished() {
            return false;
        }
    }
}
