package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.log.CommitLog;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * By which watermark batches were judged. What moved the watermark cannot always be told from the tables: a partition was idle, a file was not there yet, a source
 * is not configured any more. So the commit of {@code bronze/events} says it, in the parameter {@value #PARAMETER}, for each batch for which it makes a difference:
 * those with a reading that is not newer than the watermark. All others are judged alike by any watermark up to theirs: no window that theirs has closed and another
 * has not can take their readings.
 *
 * <p>One entry a batch, parted by blanks: {@code <ingested_at>:<watermark>}, both in microseconds.
 */
final class JudgedBy {

    /** Among the {@code operationParameters} of a commit. */
    static final String PARAMETER = "judgedBy";

    private JudgedBy() {
    }

    /** An entry. */
    static String entry(long ingestedAt, long watermark) {
        return ingestedAt + ":" + watermark;
    }

    /**
     * Reads what commits say of batches after one, the newest commit first, as far back as the log goes.
     *
     * @param version    the newest version to be read
     * @param ingestedAt of the last batch that does not matter; {@link Long#MIN_VALUE} if all do
     * @return {@code ingested_at} → watermark
     */
    static Map<Long, Long> after(CommitLog log, long version, long ingestedAt) {
        Map<Long, Long> judged = new HashMap<>();
        try {
            Optional<CommitFile> commit = version < 0 ? Optional.empty() : log.read(version);
            for (long next = version; commit.isPresent(); commit = --next < 0 ? Optional.empty() : log.read(next)) {
                long last = Long.MAX_VALUE;
                for (Action action : commit.get().actions()) {
                    if (action instanceof Action.Info info) {
                        read(info.parameters().get(PARAMETER), judged);
                    } else if (action instanceof Action.Transaction transaction && transaction.id().equals(TransactionIds.INGESTED)) {
                        last = transaction.version();
                    }
                }
                if (last <= ingestedAt) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new LakeException(LakeException.Reason.UNREACHABLE, "Cannot read the log of " + log.table() + ": " + e.getMessage(), e);
        }
        return judged;
    }

    private static void read(String entries, Map<Long, Long> judged) {
        if (entries == null || entries.isEmpty()) {
            return;
        }
        for (String entry : entries.split(" ")) {
            int colon = entry.indexOf(':');
            judged.put(Long.parseLong(entry.substring(0, colon)), Long.parseLong(entry.substring(colon + 1)));
        }
    }
}
