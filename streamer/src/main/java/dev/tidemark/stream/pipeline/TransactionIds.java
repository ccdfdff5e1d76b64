package dev.tidemark.stream.pipeline;

import java.util.HashMap;
import java.util.Map;

/**
 * The application ids of the {@code txn} actions by which a table tells how far it holds the input.
 *
 * <table>
 * <caption>Ids and what their version means</caption>
 * <tr><td>{@code <source>#<partition>}</td><td>number of the last message held, {@link Long#MAX_VALUE} for a partition that is
 * finished. In the source's name {@code %} and {@code #} are percent-encoded, so that the first {@code #} parts the two</td></tr>
 * <tr><td>{@code identity:<source>}</td><td>({@code bronze/events}) which stream stood behind the source's name: {@link dev.tidemark.stream.source.Origin#identity()}</td></tr>
 * <tr><td>{@code generation:<source>}</td><td>({@code bronze/events}) how many streams stood behind it, if more than one did ({@link Generation})</td></tr>
 * <tr><td>{@code ingested_at}</td><td>{@code ingested_at} of the last batch held. Batches have one each, in the order in which they were
 * processed: this alone tells what a table lacks</td></tr>
 * <tr><td>{@code reference}</td><td>({@code bronze/events}) {@code ingested_at} of the first batch with the present reference data
 * ({@link dev.tidemark.stream.reference.ReferenceHistory})</td></tr>
 * <tr><td>{@code watermark}</td><td>({@code gold/windows}) the pipeline's watermark in microseconds: windows that end there or before are in the table</td></tr>
 * <tr><td>{@code watermark:<source>#<partition>}</td><td>({@code gold/windows}) highest event time of a partition, in microseconds</td></tr>
 * <tr><td>{@code state.generation}, {@code state.id}</td><td>({@code gold/windows}) which state file was written last</td></tr>
 * <tr><td>{@code columns}</td><td>({@code gold/alerts}) so many columns of {@code silver/readings}, after the fixed ones, are no news</td></tr>
 * <tr><td>{@code alerted_at}</td><td>({@code gold/alerts}) when silence was noticed last between two batches, in microseconds; later than the batch before</td></tr>
 * </table>
 */
final class TransactionIds {

    static final String INGESTED = "ingested_at";
    static final String WATERMARK = "watermark";
    static final String STATE_GENERATION = "state.generation";
    static final String STATE_ID = "state.id";
    static final String COLUMNS = "columns";
    static final String ALERTED = "alerted_at";
    private static final String PARTITION_WATERMARK = "watermark:";

    private TransactionIds() {
    }

    static String position(String source, String partition) {
        return escape(source) + '#' + partition;
    }

    static String watermark(String position) {
        return PARTITION_WATERMARK + position;
    }

    static String identity(String source) {
        return "identity:" + escape(source);
    }

    static String generation(String source) {
        return "generation:" + escape(source);
    }

    private static String escape(String source) {
        return source.replace("%", "%25").replace("#", "%23");
    }

    static String unescape(String source) {
        return source.replace("%23", "#").replace("%25", "%");
    }

    /** All positions among a table's transactions. */
    static Map<String, Long> positions(Map<String, Long> transactions) {
        Map<String, Long> positions = new HashMap<>();
        transactions.forEach((id, version) -> {
            if (id.indexOf('#') >= 0 && !id.startsWith(PARTITION_WATERMARK)) {
                positions.put(id, version);
            }
        });
        return positions;
    }

    /** Partition → position of one source. */
    static Map<String, Long> positions(Map<String, Long> transactions, String source) {
        String prefix = position(source, "");
        Map<String, Long> positions = new HashMap<>();
        positions(transactions).forEach((id, version) -> {
            if (id.startsWith(prefix)) {
                positions.put(id.substring(prefix.length()), version);
            }
        });
        return positions;
    }

    /** Position id → highest event time of the partition. */
    static Map<String, Long> watermarks(Map<String, Long> transactions) {
        Map<String, Long> watermarks = new HashMap<>();
        transactions.forEach((id, version) -> {
            if (id.startsWith(PARTITION_WATERMARK)) {
                watermarks.put(id.substring(PARTITION_WATERMARK.length()), version);
            }
        });
        return watermarks;
    }
}
