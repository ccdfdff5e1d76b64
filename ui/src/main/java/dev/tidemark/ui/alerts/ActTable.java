package dev.tidemark.ui.alerts;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Schema.Field;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type.Primitive;
import dev.tidemark.lake.append.Appender;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Scan;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads and writes {@code ops/acks}, blocking: one row for each thing an operator did. */
final class ActTable {

    /** Path below the lake's root. */
    static final String PATH = "ops/acks";

    private static final long DAY = 86_400_000_000L;
    private static final Schema SCHEMA = new Schema(List.of(new Field("ack_id", Primitive.STRING, true), new Field("alert_id", Primitive.STRING, true),
            new Field("rule", Primitive.STRING, true), new Field("device_id", Primitive.STRING, true), new Field("measure", Primitive.STRING, true),
            new Field("action", Primitive.STRING, true), new Field("comment", Primitive.STRING, true), new Field("until", Primitive.TIMESTAMP, true),
            new Field("actor", Primitive.STRING, true), new Field("at", Primitive.TIMESTAMP, true), new Field("date", Primitive.DATE, true)));

    private ActTable() {
    }

    static Appender appender(Lake lake, InstantSource clock) {
        return new Appender(lake, PATH, SCHEMA, "date", "Tidemark desktop", clock);
    }

    static List<Map<String, Object>> rows(List<Act> acts) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Act act : acts) {
            Map<String, Object> row = new HashMap<>(Map.of("ack_id", act.id(), "alert_id", act.alertId(), "rule", act.alarm().rule(),
                    "action", act.kind().written(), "actor", act.actor(), "at", act.at(), "date", Math.floorDiv(act.at(), DAY)));
            put(row, "device_id", act.alarm().device());
            put(row, "measure", act.alarm().measure());
            put(row, "comment", act.comment());
            if (act.until() != Act.NEVER) {
                row.put("until", act.until());
            }
            rows.add(row);
        }
        return rows;
    }

    private static void put(Map<String, Object> row, String column, String text) {
        if (!text.isEmpty()) {
            row.put(column, text);
        }
    }

    /** All of it: operators write little. */
    static void read(Snapshot snapshot, Consumer<Act> consumer) {
        read(snapshot, snapshot.files(), consumer);
    }

    /** What is in some files, such as those that a commit added. */
    static void read(Snapshot snapshot, List<DataFile> files, Consumer<Act> consumer) {
        List<String> columns = SCHEMA.names().stream().filter(name -> !name.equals("date")).toList();
        Scan.of(snapshot).columns(columns).files(files).read(batch -> {
            for (int i = 0; i < batch.rows(); i++) {
                read(batch, i, consumer);
            }
        });
    }

    private static void read(Batch batch, int row, Consumer<Act> consumer) {
        String id = batch.strings("ack_id").get(row);
        String action = batch.strings("action").get(row);
        if (id == null || action == null || batch.column("at").isNull(row)) {
            return;
        }
        AlarmKey alarm = new AlarmKey(batch.strings("rule").get(row), batch.strings("device_id").get(row), batch.strings("measure").get(row));
        String alert = batch.strings("alert_id").get(row);
        String actor = batch.strings("actor").get(row);
        Act.Kind.of(action).ifPresent(kind -> consumer.accept(new Act(id, alert == null ? "" : alert, alarm, kind, batch.strings("comment").get(row),
                batch.column("until").isNull(row) ? Act.NEVER : batch.longs("until").values()[row], actor == null ? "" : actor, batch.longs("at").values()[row])));
    }
}
