package dev.tidemark.ui.alerts;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.task.Slot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads {@code gold/alerts}, blocking. Columns that a table of another maker lacks are taken as empty, but for those without which there is no alert. */
final class AlertTable {

    /** Path below the lake's root. */
    static final String PATH = "gold/alerts";

    private static final List<String> NEEDED = List.of("alert_id", "rule", "severity", "state", "event_time", "raised_at");
    private static final List<String> WELCOME = List.of("kind", "device_id", "location", "measure", "value", "limit", "message", "sequence");

    private AlertTable() {
    }

    /**
     * What is told since a time, and all changes of the alerts that were open then. Of what is older only ids and states are read.
     *
     * @param since    microseconds
     * @param consumer gets the changes, in no order
     */
    static void read(Snapshot snapshot, long since, Slot.Progress progress, Consumer<AlertChange> consumer) {
        List<String> columns = columns(snapshot);
        Set<String> recent = new HashSet<>();
        Scan all = Scan.of(snapshot);
        Scan now = all.columns(columns).where(new Condition.Range("raised_at", since, null));
        List<DataFile> files = now.filesToRead();
        for (int i = 0; i < files.size(); i++) {
            now.files(List.of(files.get(i))).read(batch -> each(batch, change -> {
                recent.add(change.alertId());
                consumer.accept(change);
            }));
            progress.reached(0.7 * (i + 1) / files.size());
        }
        Scan before = all.where(new Condition.Range("raised_at", null, since));
        if (before.filesToRead().isEmpty()) {
            return;
        }
        Set<String> wanted = stillOpen(before, recent);
        wanted.addAll(recent);
        progress.reached(0.9);
        if (!wanted.isEmpty()) {
            before.columns(columns).where(new Condition.In("alert_id", wanted)).read(batch -> each(batch, consumer));
        }
    }

    /** The changes in some files, such as those that a commit added. */
    static void read(Snapshot snapshot, List<DataFile> files, Consumer<AlertChange> consumer) {
        Scan.of(snapshot).columns(columns(snapshot)).files(files).read(batch -> each(batch, consumer));
    }

    /** From the newest file back: what was cleared later needs not be kept once its raising was met. */
    private static Set<String> stillOpen(Scan before, Set<String> knownLater) {
        Set<String> open = new HashSet<>();
        Set<String> cleared = new HashSet<>();
        List<DataFile> files = new ArrayList<>(before.filesToRead());
        files.sort(Comparator.comparing((DataFile file) -> newest(file)).reversed());
        Scan ends = before.columns(List.of("alert_id", "state"));
        for (DataFile file : files) {
            List<String> raised = new ArrayList<>();
            ends.files(List.of(file)).read(batch -> {
                Column.Strings ids = batch.strings("alert_id");
                Column.Strings states = batch.strings("state");
                for (int i = 0; i < batch.rows(); i++) {
                    if (ids.get(i) != null && "cleared".equalsIgnoreCase(states.get(i))) {
                        cleared.add(ids.get(i));
                    } else if (ids.get(i) != null && "raised".equalsIgnoreCase(states.get(i))) {
                        raised.add(ids.get(i));
                    }
                }
            });
            for (String id : raised) {
                if (!cleared.remove(id) && !knownLater.contains(id)) {
                    open.add(id);
                }
            }
        }
        // The order of files is a guess by their statistics: what was cleared in a file that came late is not open.
        open.removeAll(cleared);
        return open;
    }

    private static long newest(DataFile file) {
        return file.statistics().map(noted -> noted.max().get("raised_at")).filter(Long.class::isInstance).map(Long.class::cast)
                .orElse(file.modified().toEpochMilli() * 1000);
    }

    private static List<String> columns(Snapshot snapshot) {
        List<String> columns = new ArrayList<>(NEEDED);
        for (String needed : NEEDED) {
            if (snapshot.schema().field(needed).isEmpty()) {
                throw new LakeException(LakeException.Reason.INVALID, "Cannot show alerts of " + snapshot.table() + ": it is another table (expected a column "
                        + needed + ", actual columns " + String.join(", ", snapshot.schema().names()) + ")");
            }
        }
        WELCOME.stream().filter(name -> snapshot.schema().field(name).isPresent()).forEach(columns::add);
        return columns;
    }

    private static void each(Batch batch, Consumer<AlertChange> consumer) {
        Column.Strings ids = batch.strings("alert_id");
        long[] told = batch.longs("raised_at").values();
        long[] times = batch.longs("event_time").values();
        for (int i = 0; i < batch.rows(); i++) {
            Optional<AlertChange.Step> step = step(text(batch, "state", i));
            if (ids.get(i) == null || step.isEmpty()) {
                continue;
            }
            AlarmKey alarm = new AlarmKey(text(batch, "rule", i), text(batch, "device_id", i), text(batch, "measure", i));
            // A table without numbers of its own has the order in which it was told.
            long sequence = has(batch, "sequence") && !batch.column("sequence").isNull(i) ? batch.longs("sequence").values()[i] : told[i];
            consumer.accept(new AlertChange(ids.get(i), sequence, alarm, text(batch, "kind", i), severity(text(batch, "severity", i)), step.get(),
                    text(batch, "location", i), number(batch, "value", i), number(batch, "limit", i), text(batch, "message", i), times[i], told[i]));
        }
    }

    private static boolean has(Batch batch, String column) {
        return batch.names().stream().anyMatch(column::equalsIgnoreCase);
    }

    private static String text(Batch batch, String column, int row) {
        String text = has(batch, column) ? batch.strings(column).get(row) : null;
        return text == null ? "" : text;
    }

    private static double number(Batch batch, String column, int row) {
        return !has(batch, column) || batch.column(column).isNull(row) ? Double.NaN : batch.doubles(column).values()[row];
    }

    private static Severity severity(String text) {
        for (Severity severity : Severity.values()) {
            if (severity.name().equalsIgnoreCase(text.strip())) {
                return severity;
            }
        }
        return Severity.LOW;
    }

    private static Optional<AlertChange.Step> step(String text) {
        try {
            return Optional.of(AlertChange.Step.valueOf(text.strip().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException ofALaterRelease) {
            return Optional.empty();
        }
    }
}
