package dev.tidemark.ui.travel;

import dev.tidemark.lake.Commit;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class NamedVersionsTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    private final Map<String, List<String>> kept = new HashMap<>();
    private final NamedVersions names = new NamedVersions(table -> kept.getOrDefault(table, List.of()), kept::put);
    private final TravelModel travel = new TravelModel();

    private void open() {
        names.open("/lake/gold/windows");
        travel.history(LongStream.rangeClosed(3, 12).mapToObj(version ->
                new Mark(version, TEN.plusSeconds(60 * version), Commit.Kind.APPEND, "WRITE", 10, 1, 0)).toList());
    }

    private Long found(String text) {
        return VersionText.find(text, travel, names, TEN.plusSeconds(3600)).map(Mark::version).orElse(null);
    }

    @Test
    void names_are_kept_for_each_table_and_come_back() {
        open();
        names.name(7, "  before the   repair ");
        names.open("/lake/silver/readings");
        assertThat(names.all()).isEmpty();
        names.open("/lake/gold/windows");
        assertThat(names.of(7)).contains("before the repair");
        assertThat(kept.get("/lake/gold/windows")).containsExactly("7 before the repair");
    }

    @Test
    void a_version_has_one_name_and_a_name_one_version() {
        open();
        names.name(7, "good");
        names.name(7, "better");
        names.name(9, "Better");
        assertThat(names.all()).containsExactly(new NamedVersions.Named(9, "Better"));
        names.name(9, "");
        assertThat(names.all()).isEmpty();
    }

    @Test
    void a_spoilt_line_is_passed_over() {
        kept.put("/lake/gold/windows", List.of("seven good", "8", "9 fine"));
        open();
        assertThat(names.all()).containsExactly(new NamedVersions.Named(9, "fine"));
    }

    @Test
    void a_version_is_found_by_number_name_and_time() {
        open();
        names.name(5, "2026 audit");
        assertThat(found("v 7")).isEqualTo(7);
        assertThat(found("v\u20097")).isEqualTo(7);
        assertThat(found("12")).isEqualTo(12);
        assertThat(found("2026 AUDIT")).isEqualTo(5);
        assertThat(found("10:08:30")).isEqualTo(8);
    }

    @Test
    void one_that_is_gone_or_never_was_is_not_replaced_by_another() {
        open();
        names.name(1, "lost");
        assertThat(found("v 2")).isNull();
        assertThat(found("v 13")).isNull();
        assertThat(found("lost")).isNull();
        assertThat(found("10:01")).isNull();
        assertThat(found("whenever")).isNull();
    }
}
