package dev.tidemark.ui.text;

import dev.tidemark.lake.LakeException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTest {

    @Test
    void the_reader_tells_itself_what_is_the_matter() {
        assertThat(Failure.words(new LakeException(LakeException.Reason.DENIED, "Cannot read /lake/a: no permission"), "failure.read", "/lake/a"))
                .isEqualTo("Cannot read /lake/a: no permission");
    }

    @Test
    void what_was_not_foreseen_says_what_was_being_done_and_what_it_is() {
        assertThat(Failure.words(new IllegalStateException("odd"), "failure.compare", "/lake/{0}"))
                .isEqualTo("Cannot compare versions of /lake/{0}: java.lang.IllegalStateException: odd");
        assertThat(Failure.words(new NullPointerException(), "failure.read", "/lake/a")).isEqualTo("Cannot read /lake/a: java.lang.NullPointerException");
    }
}
