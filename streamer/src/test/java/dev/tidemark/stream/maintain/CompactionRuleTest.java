package dev.tidemark.stream.maintain;

import dev.tidemark.stream.table.LiveFile;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CompactionRuleTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final CompactionRule RULE = new CompactionRule(4, 1000 << 10, Duration.ofMinutes(5));
    private static final String TODAY = "2026-11-21";
    private static final String YESTERDAY = "2026-11-20";

    /** Written so many minutes ago. */
    private static LiveFile file(String day, int minutes, int kilobytes) {
        long modified = NOW.minus(Duration.ofMinutes(minutes)).toEpochMilli();
        return new LiveFile("date=" + day + "/" + minutes + "-" + kilobytes, Map.of("date", day), kilobytes << 10, modified, 1, modified * 1000);
    }

    private static List<List<String>> paths(List<List<LiveFile>> bins) {
        return bins.stream().map(bin -> bin.stream().map(file -> file.path().substring(file.path().indexOf('/') + 1)).toList()).toList();
    }

    private static List<LiveFile> files(String day, int... minutes) {
        List<LiveFile> files = new ArrayList<>();
        for (int minute : minutes) {
            files.add(file(day, minute, 1));
        }
        return files;
    }

    @Test
    void a_day_under_way_is_due_when_it_has_enough_small_files_that_are_at_rest() {
        assertThat(RULE.due(files(TODAY, 9, 8, 7), NOW)).isEmpty();
        assertThat(RULE.due(files(TODAY, 9, 8, 7, 4), NOW)).isEmpty();
        assertThat(paths(RULE.due(files(TODAY, 6, 9, 8, 7, 4), NOW))).containsExactly(List.of("9-1", "8-1", "7-1", "6-1"));
    }

    @Test
    void a_day_that_is_over_is_due_with_two_files_once_nothing_comes_any_more() {
        assertThat(RULE.due(files(YESTERDAY, 9), NOW)).isEmpty();
        assertThat(RULE.due(files(YESTERDAY, 9, 8, 4), NOW)).isEmpty();
        assertThat(paths(RULE.due(files(YESTERDAY, 9, 8), NOW))).containsExactly(List.of("9-1", "8-1"));
    }

    @Test
    void days_that_are_over_come_first_the_oldest_first() {
        List<LiveFile> all = files(TODAY, 9, 8, 7, 6);
        all.addAll(files(YESTERDAY, 9, 8));
        all.addAll(files("2026-11-19", 9, 8));
        assertThat(RULE.due(all, NOW)).extracting(bin -> bin.get(0).partition().get("date")).containsExactly("2026-11-19", YESTERDAY, TODAY);
    }

    @Test
    void large_files_are_left_alone_and_no_file_moves_past_them() {
        List<LiveFile> all = new ArrayList<>(List.of(file(YESTERDAY, 99, 3), file(YESTERDAY, 98, 4), file(YESTERDAY, 97, 500), file(YESTERDAY, 96, 5), file(YESTERDAY, 95, 5)));
        assertThat(paths(RULE.due(all, NOW))).containsExactly(List.of("99-3", "98-4"), List.of("96-5", "95-5"));
    }

    @Test
    void a_file_waits_until_those_after_it_weigh_as_much() {
        List<LiveFile> all = new ArrayList<>(List.of(file(TODAY, 99, 10)));
        for (int i = 0; i < 9; i++) {
            all.add(file(TODAY, 50 - i, 1));
        }
        assertThat(RULE.due(all, NOW).get(0)).hasSize(9);
        all.add(file(TODAY, 10, 1));
        assertThat(RULE.due(all, NOW).get(0)).hasSize(11);
    }

    @Test
    void a_bin_holds_no_more_than_the_target() {
        List<LiveFile> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(file(TODAY, 50 - i, 300));
        }
        assertThat(RULE.all(all)).extracting(List::size).containsExactly(3, 3, 3);
    }

    @Test
    void every_byte_of_a_long_day_is_rewritten_only_a_few_times() {
        Random random = new Random(1);
        CompactionRule rule = new CompactionRule(50, 128 << 20, Duration.ZERO);
        List<LiveFile> files = new ArrayList<>();
        long came = 0;
        long rewritten = 0;
        int most = 0;
        for (int i = 0; i < 43_200; i++) {
            long size = 50_000 + random.nextInt(50_000);
            came += size;
            files.add(new LiveFile("f" + i, Map.of("date", TODAY), size, 0, 1, i));
            for (List<LiveFile> bin : i % 10 == 0 ? rule.due(files, NOW) : List.<List<LiveFile>>of()) {
                long bytes = bin.stream().mapToLong(LiveFile::size).sum();
                rewritten += bytes;
                files.removeAll(bin);
                files.add(new LiveFile("c" + i, Map.of("date", TODAY), bytes, 0, 1, bin.get(0).from()));
            }
            most = Math.max(most, files.size());
        }
        assertThat(rewritten).isLessThan(6 * came);
        assertThat(most).isLessThan(120);
    }

    @Test
    void whatever_the_files_each_is_in_one_bin_at_most_and_in_order() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            List<LiveFile> files = new ArrayList<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                files.add(file(random.nextBoolean() ? TODAY : YESTERDAY, random.nextInt(500), 1 + random.nextInt(random.nextBoolean() ? 5 : 700)));
            }
            Collections.shuffle(files, random);
            for (List<List<LiveFile>> bins : List.of(RULE.due(files, NOW), RULE.all(files))) {
                List<LiveFile> all = bins.stream().flatMap(List::stream).toList();
                assertThat(all).allMatch(RULE::isSmall).hasSameSizeAs(Collections.nCopies(all.size(), 0));
                for (List<LiveFile> bin : bins) {
                    assertThat(bin).hasSizeGreaterThan(1).extracting(LiveFile::partition).containsOnly(bin.get(0).partition());
                    assertThat(bin).extracting(LiveFile::from).isSorted();
                    assertThat(bin.stream().mapToLong(LiveFile::size).sum()).isLessThanOrEqualTo(1000 << 10);
                }
            }
        }
    }

    @Test
    void a_table_may_ask_for_its_own_size_or_for_none_of_it() {
        assertThat(RULE.of(Map.of("delta.targetFileSize", "32mb")).targetSize()).isEqualTo(32 << 20);
        assertThat(RULE.of(Map.of("delta.targetFileSize", "1g")).targetSize()).isEqualTo(1 << 30);
        assertThat(RULE.of(Map.of("delta.targetFileSize", "134217728")).targetSize()).isEqualTo(128 << 20);
        assertThat(RULE.of(Map.of("delta.targetFileSize", "large")).targetSize()).isEqualTo(1000 << 10);
        for (String yes : List.of("auto", "true", "legacy", "TRUE")) {
            assertThat(CompactionRule.isWelcome(Map.of("delta.autoOptimize.autoCompact", yes, "delta.autoOptimize", "false"))).as(yes).isTrue();
        }
        assertThat(CompactionRule.isWelcome(Map.of("delta.autoOptimize.autoCompact", "False", "delta.autoOptimize", "true"))).isFalse();
        assertThat(CompactionRule.isWelcome(Map.of("delta.autoOptimize", "false"))).isFalse();
        assertThat(CompactionRule.isWelcome(Map.of())).isTrue();
    }

    @Test
    void figures_that_cannot_work_are_refused() {
        assertThatThrownBy(() -> new CompactionRule(1, 1 << 20, Duration.ZERO)).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> new CompactionRule(2, 10, Duration.ZERO)).hasMessageContaining("at least 1024");
    }
}
