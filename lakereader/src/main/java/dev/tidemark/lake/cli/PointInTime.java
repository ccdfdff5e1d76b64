package dev.tidemark.lake.cli;

import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The version of a table a command speaks of: by number, by time, or the newest. */
final class PointInTime {

    @Option(names = "--version", paramLabel = "N", description = "The table as of this version.")
    private Long version;

    @Option(names = "--timestamp", paramLabel = "TIME", converter = Time.class,
            description = "The table as of this time: 2024-11-12T10:30:00Z, 2024-11-12T10:30:00+01:00, '2024-11-12 10:30:00' or 2024-11-12.")
    private Instant timestamp;

    /** The snapshot of a table; the newest where {@code choice} is null. */
    static Snapshot of(Table table, PointInTime choice) {
        if (choice == null) {
            return table.snapshot();
        }
        return choice.version != null ? table.snapshot(choice.version) : table.snapshot(choice.timestamp);
    }

    /** Reads a time as people write it. */
    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            String iso = text.strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) +", "$1T").replaceFirst("T(\\d):", "T0$1:");
            try {
                if (!iso.contains("T")) {
                    return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
                }
                return iso.matches(".*T.*(Z|z|[+-]\\d{2}(:?\\d{2})?)") ? OffsetDateTime.parse(zone(iso)).toInstant()
                        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is no time (expected 2024-11-12T10:30:00Z, '2024-11-12 10:30:00' or 2024-11-12)");
            }
        }

        /** {@code +01} and {@code +0100} as {@code +01:00}. */
        private static String zone(String iso) {
            return iso.replaceFirst("([+-]\\d{2})$", "$1:00").replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2");
        }
    }
}
