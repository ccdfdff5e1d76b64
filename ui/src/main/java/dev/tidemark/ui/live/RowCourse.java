package dev.tidemark.ui.live;

import dev.tidemark.lake.Commit;
import dev.tidemark.ui.travel.Mark;

import java.util.Arrays;
import java.util.List;

/** The rows of a table over its newest commits, as many as a small picture shows, however many there are. Pure. */
final class RowCourse {

    /** So many commits at most. */
    static final int MOST = 120;

    private RowCourse() {
    }

    /** Rows that each of the newest appends brought, as far as the log says; the oldest first. */
    static double[] came(List<Mark> marks) {
        double[] course = new double[MOST];
        int first = MOST;
        for (int i = marks.size() - 1; i >= 0 && first > 0; i--) {
            Mark mark = marks.get(i);
            if (mark.kind() == Commit.Kind.APPEND && mark.change().added() >= 0) {
                course[--first] = mark.change().added();
            }
        }
        return Arrays.copyOfRange(course, first, MOST);
    }

    /**
     * Rows of the table after each of the newest commits up to a version, counted back from what that version holds; the oldest first.
     *
     * @param rows of the version; -1 if that is not known, and then nothing is
     */
    static double[] held(List<Mark> marks, long version, long rows) {
        double[] course = new double[MOST];
        int first = MOST;
        double held = rows;
        for (int i = marks.size() - 1; i >= 0 && first > 0 && held >= 0; i--) {
            if (marks.get(i).version() <= version) {
                course[--first] = held;
                Long growth = marks.get(i).change().growth();
                // Before a commit of which nobody noted by how much, it is not known what it held.
                held = growth == null ? -1 : held - growth;
            }
        }
        return Arrays.copyOfRange(course, first, MOST);
    }
}
