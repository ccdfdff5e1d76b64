package dev.tidemark.ui.text;

import dev.tidemark.lake.LakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why something could not be done, in words for the operator. Thread-safe. */
public final class Failure {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    private Failure() {
    }

    /**
     * The reader's own words. Anything else was not foreseen: it is told by the sentence of a key, and written to the log with all that is known of it.
     *
     * @param key   of a sentence about {@code {0}}, which could not be done because of {@code {1}}
     * @param about what it is about, such as a place
     */
    public static String words(Throwable problem, String key, Object about) {
        if (problem instanceof LakeException) {
            return problem.getMessage();
        }
        String told = Messages.text(key, about, problem);
        LOG.error("{}", told, problem);
        return told;
    }
}
