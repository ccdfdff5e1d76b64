package dev.tidemark.lake.cli;

import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.scan.TimeText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.time.Instant;
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
            try {
                return TimeText.instant(text, ZoneOffset.UTC);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
