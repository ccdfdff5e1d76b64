package dev.tidemark.stream.pipeline;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How far a table holds one partition of a source.
 *
 * @param source    the source's name
 * @param partition the partition's name in the source
 * @param number    of the last message held; {@link dev.tidemark.stream.source.SourcePartition#END} if the partition has ended
 */
public record Position(String source, String partition, long number) {

    /** The positions among a table's transactions, by source and partition. */
    public static List<Position> of(Map<String, Long> transactions) {
        return TransactionIds.positions(transactions).entrySet().stream().map(entry -> {
            int mark = entry.getKey().indexOf('#');
            return new Position(TransactionIds.unescape(entry.getKey().substring(0, mark)), entry.getKey().substring(mark + 1), entry.getValue());
        }).sorted(Comparator.comparing(Position::source).thenComparing(Position::partition)).toList();
    }

    /** The watermark among the transactions of {@code gold/windows}, microseconds since 1970-01-01T00:00Z; empty if there is none yet. */
    public static OptionalLong watermark(Map<String, Long> transactions) {
        Long watermark = transactions.get(TransactionIds.WATERMARK);
        return watermark == null ? OptionalLong.empty() : OptionalLong.of(watermark);
    }
}
