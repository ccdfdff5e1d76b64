package dev.tidemark.stream.reference;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.decode.Reference;
import dev.tidemark.stream.pipeline.Figures;
import dev.tidemark.stream.pipeline.Pipeline;
import dev.tidemark.stream.pipeline.Settings;
import dev.tidemark.stream.source.SourceSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReferenceDataTest {

    @TempDir
    Path folder;

    private long changes = 1_700_000_000_000L;

    private Path file() {
        return folder.resolve("devices.csv");
    }

    private void write(String text) throws IOException {
        Files.setLastModifiedTime(Files.writeString(file(), text), FileTime.fromMillis(changes++));
    }

    private ReferenceData open() {
        return ReferenceData.open(new ReferenceSettings(file().toString(), null, Duration.ofSeconds(5)));
    }

    @Test
    void columns_are_found_by_name_in_any_order_and_case_and_separator() throws IOException {
        write("\uFEFFNotes;HIGH;Sensor_ID;location;unit;measure\r\nx;80,5;\"a;1\";\"hall \"\"1\"\"\";°C;temperature\r\n".replace("80,5", "80.5") + "\r\n;;b;yard;;\r\n");
        Reference reference = open().current();
        assertThat(reference.size()).isEqualTo(2);
        assertThat(reference.device("a;1").location()).isEqualTo("hall \"1\"");
        assertThat(reference.device("a;1").measure("temperature")).isEqualTo(new Reference.Measure("°C", Double.NaN, 80.5));
        assertThat(reference.device("b").location()).isEqualTo("yard");
        assertThat(ReferenceRows.read(ReferenceRows.write(reference))).isEqualTo(reference);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {
        "''                                | it is empty (expected a header line such as device_id,",
        "'name,low\nx,1'                   | no column for the device (expected device_id, actual name, low)",
        "'device_id,low\na,1\n,2'          | line 3: no device",
        "'device_id,low\na,\"x y\"\nb,?'   | line 2: low is no number (expected one such as 71.5, actual \"x y\")",
        "'device_id,low\na,1\nb,?'         | line 3: low is no number (expected one such as 71.5, actual \"?\")",
        "'device_id,low\na,\"1'            | line 2: a quote that is not closed",
        "'device_id,location\na,x\na,y'    | two rows of device \"a\" contradict each other",
        "null                              | there is no such file"})
    void what_cannot_be_used_at_the_start_is_refused(String text, String why) throws IOException {
        if (text != null) {
            write(text);
        }
        assertThatThrownBy(this::open).isInstanceOf(ReferenceException.class).hasMessageStartingWith("Cannot use reference data " + file() + ": ")
                .hasMessageContaining(why);
    }

    @Test
    void a_change_is_read_when_the_file_has_rested() throws IOException {
        write("device_id,location\na,x\n");
        ReferenceData data = open();
        Reference first = data.current();
        data.check();
        data.check();
        assertThat(data.current()).isSameAs(first);
        write("device_id,location\na,y\n");
        data.check();
        assertThat(data.current()).isSameAs(first);
        write("device_id,location\na,z\n");
        data.check();
        assertThat(data.current()).as("it was still being written").isSameAs(first);
        data.check();
        assertThat(data.current().device("a").location()).isEqualTo("z");
    }

    @Test
    void a_file_that_breaks_or_vanishes_leaves_what_was_read_before() throws IOException {
        write("device_id,location\na,x\n");
        ReferenceData data = open();
        Files.write(file(), "device_id,location\na,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        data.check();
        data.check();
        Files.delete(file());
        data.check();
        data.check();
        assertThat(data.current().device("a").location()).isEqualTo("x");
        write("device_id,location\na,w\n");
        data.check();
        data.check();
        assertThat(data.current().device("a").location()).isEqualTo("w");
    }

    private void fill(String lake, String name, String location) throws IOException {
        Path drop = Files.createDirectories(folder.resolve("drop"));
        Files.setLastModifiedTime(Files.writeString(drop.resolve(name + ".csv"), "device_id,ts,x,location\n" + name + ",1714557600,1," + location + "\n"),
                FileTime.fromMillis(changes));
        new Pipeline(Lake.at(lake), List.of(SourceSpec.parse("files:" + drop).create(InstantSource.system())), Settings.DEFAULT, InstantSource.system(),
                new Figures(new SimpleMeterRegistry()), problem -> { }).run(Pipeline.Until.DRAINED);
    }

    @Test
    void a_delta_table_is_read_again_at_its_next_version() throws IOException {
        String lake = folder.resolve("lake").toString();
        fill(lake, "a", "hall");
        ReferenceData data = ReferenceData.open(new ReferenceSettings(null, lake + "/silver/readings", Duration.ofSeconds(5)));
        assertThat(data.current().rows()).containsExactly(row("hall"));
        fill(lake, "b", "yard");
        data.check();
        assertThat(data.current().size()).isEqualTo(2);
        assertThat(data.current().device("b").location()).isEqualTo("yard");
        assertThatThrownBy(() -> ReferenceData.open(new ReferenceSettings(null, folder.resolve("nothing").toString(), Duration.ofSeconds(5))))
                .isInstanceOf(ReferenceException.class).hasMessageStartingWith("Cannot use reference data ");
    }

    @Test
    void a_history_follows_only_what_a_commit_named() throws IOException {
        Reference[] now = {new Reference(List.of(row("x")))};
        ReferenceHistory first = ReferenceHistory.open(folder, null, () -> now[0]);
        assertThat(first.at(5).reference().size()).isZero();
        assertThat(first.begin(10)).isTrue();
        assertThat(first.begin(11)).isFalse();
        now[0] = new Reference(List.of(row("x")));
        assertThat(first.begin(12)).as("the same content").isFalse();
        now[0] = new Reference(List.of(row("y")));
        assertThat(first.begin(20)).isTrue();
        assertThat(location(first, 9)).isNull();
        assertThat(location(first, 10)).isEqualTo("x");
        assertThat(location(first, 19)).isEqualTo("x");
        assertThat(location(first, 20)).isEqualTo("y");
        // The batch of 20 was never committed.
        ReferenceHistory second = ReferenceHistory.open(folder, 10L, () -> now[0]);
        assertThat(location(second, 25)).isEqualTo("x");
        assertThat(second.begin(18)).isTrue();
        ReferenceHistory third = ReferenceHistory.open(folder, 18L, () -> Reference.NONE);
        assertThat(location(third, 17)).isEqualTo("x");
        assertThat(location(third, 30)).isEqualTo("y");
        assertThat(third.begin(40)).as("none is configured any more").isTrue();
        assertThat(location(third, 40)).isNull();
        assertThat(location(third, 39)).isEqualTo("y");
        assertThatThrownBy(() -> ReferenceHistory.open(folder, 99L, () -> now[0])).isInstanceOf(ReferenceException.class).hasMessageContaining("it is gone");
    }

    private static Reference.Row row(String location) {
        return new Reference.Row("a", location, null, null, null, Double.NaN, Double.NaN);
    }

    private static String location(ReferenceHistory history, long ingestedAt) {
        Reference.Device device = history.at(ingestedAt).reference().device("a");
        return device == null ? null : device.location();
    }
}
