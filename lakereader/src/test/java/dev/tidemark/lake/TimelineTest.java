package dev.tidemark.lake;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimelineTest {

    @TempDir
    private Path folder;

    @Test
    void who_asks_while_the_table_is_gone_gets_an_answer() throws IOException {
        SampleLog log = new SampleLog(folder).create().grow(1, 3);
        Timeline timeline = new Timeline(log.log(), () -> { });
        assertThat(timeline.refresh()).isEqualTo(3);
        log.destroy();
        assertThatThrownBy(timeline::refresh).isInstanceOfSatisfying(LakeException.class, e -> assertThat(e.reason()).isEqualTo(LakeException.Reason.NOT_FOUND));

        assertThat(timeline.listing().isEmpty()).isTrue();
        assertThat(timeline.earliest()).isZero();
        assertThat(timeline.earliestNow()).isZero();
        assertThat(timeline.firstCommitNow()).isZero();
        assertThat(timeline.relist()).isFalse();
        assertThat(timeline.unbroken(-1, 3)).isTrue();
        assertThat(timeline.time(2)).isNotNegative();
    }

    @Test
    void a_table_that_comes_back_is_begun_anew() throws IOException {
        SampleLog log = new SampleLog(folder).create().grow(1, 3);
        Timeline timeline = new Timeline(log.log(), () -> { });
        timeline.refresh();
        log.destroy();
        assertThatThrownBy(timeline::refresh).isInstanceOf(LakeException.class);
        log.create();
        assertThat(timeline.refresh()).isZero();
    }
}
