package dev.tidemark.stream.source;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** What is a record, where batches end, how reading is resumed, and what a damaged file gives. */
class DropFileTest {

    @TempDir
    private Path root;
    private DropFolder folder;

    @BeforeEach
    void folder() {
        folder = new DropFolder(root);
    }

    private List<String> records(String name, String text) {
        folder.put(name, text);
        return folder.read().getOrDefault(name, List.of());
    }

    @Test
    void blank_lines_are_no_records_and_line_ends_are_no_part_of_one() {
        assertThat(records("a.csv", "\n id,v \r\n\r\nx,1\r\n  \ny,2\n\n")).containsExactly("x,1", "y,2");
        assertThat(records("b.jsonl", "{\"a\":1}\r\n\r\n {\"a\":2} ")).containsExactly("{\"a\":1}", " {\"a\":2} ");
    }

    @Test
    void a_malformed_line_is_a_record() {
        assertThat(records("a.jsonl", "{\"a\":1}\n{\"a\":\nnonsense\n{\"a\":2}\n")).containsExactly("{\"a\":1}", "{\"a\":", "nonsense", "{\"a\":2}");
    }

    @Test
    void a_quoted_cell_may_hold_line_ends_separators_and_quotes() {
        assertThat(records("a.csv", "id,note\nx,\"one\ntwo,\"\"three\"\"\r\n\"\ny,\"a\"\n\"z\",b\n"))
                .containsExactly("x,\"one\ntwo,\"\"three\"\"\r\n\"", "y,\"a\"", "\"z\",b");
    }

    @Test
    void a_quote_inside_a_cell_is_a_character_like_others() {
        assertThat(records("a.csv", "id,size\nx,5\" pipe\ny,7\n")).containsExactly("x,5\" pipe", "y,7");
        assertThat(records("b.csv", "id;size\nx;1,\"5\ny;7\n")).as("comma is no separator here").containsExactly("x;1,\"5", "y;7");
    }

    @Test
    void a_quote_that_is_never_closed_spoils_its_own_line_only() {
        assertThat(records("a.csv", "id,note\nx,\"broken\ny,2\nz,3\n")).containsExactly("x,\"broken", "y,2", "z,3");
        String long_ = "y,2\n".repeat(40_000);
        assertThat(records("b.csv", "id,note\nx,\"broken\n" + long_ + "z,\"closed\"\n")).hasSize(40_002).startsWith("x,\"broken", "y,2").endsWith("y,2", "z,\"closed\"");
    }

    @Test
    void a_header_may_be_quoted_and_span_lines() {
        folder.put("a.csv", "\"device\nid\",v\nx,1\n");
        try (FileDrop drop = folder.open()) {
            List<Message> messages = drop.partitions().get(0).poll(10);
            assertThat(messages).extracting(Message::text).containsExactly("x,1");
            assertThat(messages.get(0).properties()).containsEntry(Message.CSV_HEADER, "\"device\nid\",v");
        }
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_text() {
        assertThat(records("a.jsonl", "\uFEFF{\"a\":1}\n")).containsExactly("{\"a\":1}");
        assertThat(records("b.json", "\uFEFF[1,2]")).containsExactly("1", "2");
        folder.put("c.csv", "\uFEFFid,v\nx,1\n");
        try (FileDrop drop = folder.open(Map.of("a.jsonl", SourcePartition.END, "b.json", SourcePartition.END))) {
            assertThat(drop.partitions().get(0).poll(1).get(0).properties()).containsEntry(Message.CSV_HEADER, "id,v");
        }
    }

    @Test
    void bytes_that_are_no_utf8_stay_as_they_came() {
        byte[] latin = "ort,wert\nKüche,1\n".getBytes(StandardCharsets.ISO_8859_1);
        folder.put("a.csv", latin);
        try (FileDrop drop = folder.open()) {
            Message message = drop.partitions().get(0).poll(1).get(0);
            assertThat(message.body()).isEqualTo("Küche,1".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(message.text()).isEqualTo("Küche,1");
        }
    }

    @Test
    void utf16_is_told_of() {
        folder.put("a.csv", "\uFEFFid,v\nx,1\n".getBytes(StandardCharsets.UTF_16LE));
        try (FileDrop drop = folder.open()) {
            assertThat(DropFolder.rest(drop, 10)).isEmpty();
            assertThat(drop.problems()).containsExactly("Cannot read a.csv: its text is UTF-16 (expected UTF-8); save it as UTF-8 under the same name");
        }
    }

    @Test
    void a_json_file_is_lines_or_an_array_or_an_object() {
        assertThat(records("lines.json", "{\"a\":{\"b\":1}}\n{\"a\":2}\n")).containsExactly("{\"a\":{\"b\":1}}", "{\"a\":2}");
        assertThat(records("broken-lines.json", "{\"a\":\n{\"a\":2}\n{\"a\":3}\n")).containsExactly("{\"a\":", "{\"a\":2}", "{\"a\":3}");
        assertThat(records("array.json", " [\n {\"a\":\"]},{\"},\n{\"a\":[1,{\"b\":\"\\\"\"}]} , 7\n]\n")).containsExactly("{\"a\":\"]},{\"}",
                "{\"a\":[1,{\"b\":\"\\\"\"}]}", "7");
        assertThat(records("object.json", "{\n  \"a\": {\n  \"b\": 1}\n}\n")).containsExactly("{\n  \"a\": {\n  \"b\": 1}\n}");
        assertThat(records("cut.json", "[{\"a\":1},{\"a\":")).containsExactly("{\"a\":1}", "{\"a\":");
        assertThat(records("none.json", "[]")).isEmpty();
    }

    @Test
    void a_file_without_records_is_finished_at_once() {
        folder.put("a.csv", "id,v\n");
        try (FileDrop drop = folder.open()) {
            SourcePartition file = drop.partitions().get(0);
            assertThat(file.poll(10)).isEmpty();
            assertThat(file.finished()).isTrue();
        }
    }

    @Test
    void batches_end_at_multiples_of_their_size_wherever_reading_began() {
        folder.put("a.csv", csv(25));
        assertThat(cuts(Map.of(), 10)).containsExactly(9L, 19L, SourcePartition.END);
        assertThat(cuts(Map.of("a.csv", 3L), 10)).containsExactly(9L, 19L, SourcePartition.END);
        assertThat(cuts(Map.of("a.csv", 9L), 10)).containsExactly(19L, SourcePartition.END);
        assertThat(cuts(Map.of("a.csv", 24L), 10)).as("everything was read, but not said to be finished").containsExactly(SourcePartition.END);
    }

    private List<Long> cuts(Map<String, Long> positions, int max) {
        try (FileDrop drop = folder.open(positions)) {
            SourcePartition file = drop.partitions().get(0);
            List<Long> cuts = new ArrayList<>();
            while (!file.finished()) {
                file.poll(max);
                cuts.add(file.position());
            }
            return cuts;
        }
    }

    @Test
    void resumed_at_any_record_a_file_gives_the_same_rest() {
        String quoted = "id,note\n" + "x,\"a\nb\"\n\ny,2\r\nz,\"unclosed\n".repeat(9);
        String array = "[" + "{\"a\":[1,\n2]}, 5 ,".repeat(9) + "{}]";
        folder.put("a.csv", quoted);
        folder.put("b.csv.gz", DropFolder.gzip(quoted));
        folder.put("c.json", array);
        folder.put("d.json.gz", DropFolder.gzip(array));
        folder.put("e.jsonl", "{\"a\":1}\n\noops\n".repeat(9));

        Map<String, List<Message>> whole = messages(Map.of());
        assertThat(whole).hasSize(5).allSatisfy((id, messages) -> assertThat(messages).hasSizeGreaterThan(17));
        for (long position = 0; position < 30; position++) {
            long from = position;
            messages(Map.of("a.csv", from, "b.csv.gz", from, "c.json", from, "d.json.gz", from, "e.jsonl", from)).forEach((id, rest) ->
                    assertThat(rest).usingRecursiveComparison().isEqualTo(whole.get(id).stream().filter(message -> message.number() > from).toList()));
        }
    }

    private Map<String, List<Message>> messages(Map<String, Long> positions) {
        Map<String, List<Message>> messages = new TreeMap<>();
        try (FileDrop drop = folder.open(positions)) {
            for (SourcePartition partition : drop.partitions()) {
                List<Message> all = new ArrayList<>();
                for (List<Message> batch = partition.poll(4); !batch.isEmpty(); batch = partition.poll(4)) {
                    all.addAll(batch);
                }
                messages.put(partition.id(), all);
            }
        }
        return messages;
    }

    @Test
    void a_truncated_gzip_gives_what_is_whole_and_the_rest_when_it_is_replaced() throws Exception {
        Random random = new Random(7);
        String text = csv(3_000);
        List<String> all = Arrays.asList(text.split("\n")).subList(1, 3_001);
        byte[] whole = DropFolder.gzip(text);
        for (int i = 0; i < 40; i++) {
            String name = i + ".csv.gz";
            folder.put(name, Arrays.copyOf(whole, i == 0 ? 5 : i == 1 ? whole.length - 1 : 1 + random.nextInt(whole.length - 1)), Duration.ofHours(1));
        }
        try (FileDrop drop = folder.open()) {
            Map<String, List<String>> before = DropFolder.rest(drop, 100);
            assertThat(drop.drained()).isTrue();
            assertThat(drop.partitions()).hasSize(40).noneMatch(SourcePartition::finished);
            assertThat(drop.problems()).hasSize(40).allMatch(problem -> problem.contains("gzip ends ") && problem.contains("replace the file"));
            assertThat(before.get("1.csv.gz")).as("only the checksum is cut").hasSize(3_000);
            for (int i = 0; i < 40; i++) {
                folder.put(i + ".csv.gz", whole);
            }
            drop.look();
            Map<String, List<String>> after = DropFolder.rest(drop, 100);
            for (int i = 0; i < 40; i++) {
                List<String> both = new ArrayList<>(before.getOrDefault(i + ".csv.gz", List.of()));
                both.addAll(after.getOrDefault(i + ".csv.gz", List.of()));
                assertThat(both).isEqualTo(all);
            }
            assertThat(drop.partitions()).isEmpty();
            assertThat(drop.problems()).isEmpty();
        }
    }

    @Test
    void a_truncated_gzip_says_after_which_record_it_ends() {
        byte[] whole = DropFolder.gzip(csv(2_000));
        folder.put("a.csv.gz", Arrays.copyOf(whole, whole.length - 8));
        try (FileDrop drop = folder.open()) {
            DropFolder.rest(drop, 300);
            assertThat(drop.problems()).singleElement().asString().startsWith("Cannot read the rest of a.csv.gz: gzip ends after record 1999 (expected its end mark, actual size "
                    + (whole.length - 8) + " bytes); replace the file ");
        }
    }

    @Test
    void what_is_no_gzip_is_told_of() {
        folder.put("a.csv.gz", csv(3));
        try (FileDrop drop = folder.open()) {
            assertThat(DropFolder.rest(drop, 10)).isEmpty();
            assertThat(drop.problems()).singleElement().asString().startsWith("Cannot read a.csv.gz: gzip is damaged before its first record (Not in GZIP format)");
        }
    }

    @Test
    void gzip_of_several_members_is_one_file() {
        byte[] first = DropFolder.gzip("id,v\nx,1\n");
        byte[] second = DropFolder.gzip("y,2\n");
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        folder.put("a.csv.gz", both);
        assertThat(folder.read().get("a.csv.gz")).containsExactly("x,1", "y,2");
    }

    @Test
    void the_demo_data_are_whole() {
        DropFolder demo = new DropFolder(Path.of("src/main/demo/house"));
        demo.clock.pass(Duration.ofDays(36_500));
        try (FileDrop drop = demo.open()) {
            assertThat(DropFolder.rest(drop, 1_000).get("house-sensors.csv.gz")).hasSize(44_388);
            assertThat(drop.problems()).isEmpty();
        }
    }

    private static String csv(int records) {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("id,v\n");
        for (int i = 0; i < records; i++) {
            csv.append(i).append(',').append(random.nextInt()).append('\n');
        }
        return csv.toString();
    }
}
