package dev.tidemark.ui.live;

import dev.tidemark.lake.Commit;
import dev.tidemark.ui.travel.Mark;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class RowCourseTest {

    private final List<Mark> marks = new ArrayList<>();

    private void commit(Commit.Kind kind, long rows) {
        marks.add(new Mark(marks.size(), Instant.EPOCH.plusSeconds(marks.size()), kind, "WRITE", rows, 1, 0));
    }

    @Test
    void appends_are_found_among_many_commits_that_only_tidy_up() {
        for (int i = 0; i < 300; i++) {
            commit(i % 100 == 0 ? Commit.Kind.APPEND : Commit.Kind.MAINTENANCE, i % 100 == 0 ? i : 0);
        }
        assertThat(RowCourse.came(marks)).containsExactly(0, 100, 200);
    }

    @Test
    void of_many_appends_the_newest_are_told_the_oldest_first() {
        IntStream.range(0, 500).forEach(i -> commit(Commit.Kind.APPEND, i));
        assertThat(RowCourse.came(marks)).hasSize(RowCourse.MOST).startsWith(380).endsWith(499);
    }

    @Test
    void an_append_of_which_nobody_noted_the_rows_is_left_out() {
        commit(Commit.Kind.APPEND, 5);
        commit(Commit.Kind.APPEND, -1);
        assertThat(RowCourse.came(marks)).containsExactly(5);
    }

    @Test
    void what_a_table_held_is_counted_back_from_what_the_shown_version_holds() {
        commit(Commit.Kind.APPEND, 10);
        commit(Commit.Kind.APPEND, 20);
        commit(Commit.Kind.MAINTENANCE, 0);
        commit(Commit.Kind.APPEND, 40);
        assertThat(RowCourse.held(marks, 3, 70)).containsExactly(10, 30, 30, 70);
        assertThat(RowCourse.held(marks, 1, 30)).containsExactly(10, 30);
        assertThat(RowCourse.held(marks, 3, -1)).isEmpty();
    }

    @Test
    void before_a_commit_of_unknown_growth_nothing_is_known() {
        commit(Commit.Kind.APPEND, 10);
        commit(Commit.Kind.APPEND, -1);
        commit(Commit.Kind.APPEND, 40);
        assertThat(RowCourse.held(marks, 2, 70)).containsExactly(30, 70);
    }
}
