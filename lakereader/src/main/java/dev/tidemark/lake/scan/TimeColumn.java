package dev.tidemark.lake.scan;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which column of a table says when its rows happened. */
public final class TimeColumn {

    /** The tables of a streamer, and what others call it. */
    private static final List<String> USUAL = List.of("window_start", "event_time", "window.start", "hour", "timestamp", "time", "ts", "date_time", "datetime",
            "event_ts", "enqueued_time", "committed_at", "ingested_at");

    private TimeColumn() {
    }

    /** The column by its usual name, else the first with a time in it, else the first date; a field of a struct under its path. Empty if there is none. */
    public static Optional<String> of(Schema schema) {
        List<String> times = new ArrayList<>();
        List<String> dates = new ArrayList<>();
        for (Schema.Field field : schema.fields()) {
            sort(field.name(), field.type(), times, dates);
        }
        for (String usual : USUAL) {
            Optional<String> found = times.stream().filter(usual::equalsIgnoreCase).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return times.isEmpty() ? dates.stream().findFirst() : Optional.of(times.get(0));
    }

    private static void sort(String path, Type type, List<String> times, List<String> dates) {
        if (type == Type.Primitive.TIMESTAMP || type == Type.Primitive.TIMESTAMP_NTZ) {
            times.add(path);
        } else if (type == Type.Primitive.DATE) {
            dates.add(path);
        } else if (type instanceof Type.Struct struct) {
            struct.fields().forEach(field -> sort(path + "." + field.name(), field.type(), times, dates));
        }
    }
}
