package dev.tidemark.stream.reference;

import dev.tidemark.stream.decode.Reference;
import dev.tidemark.stream.source.Csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Rows of text as reference data. The first column of {@code device_id | deviceId | sensor_id | sensorId} is the device; {@code location}, {@code name},
 * {@code measure}, {@code unit}, {@code low} and {@code high} are known too, in any case and order; other columns do not matter. An empty cell is unknown.
 */
final class ReferenceRows {

    static final String HEADER = "device_id,location,name,measure,unit,low,high";

    private static final List<String> NAMES = List.of("location", "name", "measure", "unit", "low", "high");
    private static final List<String> DEVICE_NAMES = List.of("device_id", "deviceid", "sensor_id", "sensorid");

    private final int device;
    private final int[] places = new int[NAMES.size()];

    /** @throws IllegalArgumentException with a message for the user if there is no column for the device */
    ReferenceRows(List<String> columns) {
        List<String> lower = columns.stream().map(column -> column.strip().toLowerCase(Locale.ROOT)).toList();
        device = DEVICE_NAMES.stream().mapToInt(lower::indexOf).filter(place -> place >= 0).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column for the device (expected device_id, actual " + String.join(", ", columns) + ")"));
        Arrays.setAll(places, i -> lower.indexOf(NAMES.get(i)));
    }

    /** One row. */
    Reference.Row row(IntFunction<String> cells) {
        String id = text(cells, device);
        if (id == null) {
            throw new IllegalArgumentException("no device");
        }
        return new Reference.Row(id, text(cells, places[0]), text(cells, places[1]), text(cells, places[2]), text(cells, places[3]),
                number(cells, 4), number(cells, 5));
    }

    private static String text(IntFunction<String> cells, int place) {
        String text = place < 0 ? null : cells.apply(place);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private double number(IntFunction<String> cells, int name) {
        String text = text(cells, places[name]);
        if (text == null) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(NAMES.get(name) + " is no number (expected one such as 71.5, actual \"" + text + "\")", e);
        }
    }

    /**
     * Reads CSV with a header.
     *
     * @throws IllegalArgumentException with a message for the user that names the line
     */
    static Reference read(String csv) {
        String text = csv.startsWith("\uFEFF") ? csv.substring(1) : csv;
        List<List<String>> records = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        String header = text.lines().findFirst().orElse("");
        split(text, Csv.separator(header), records, lines);
        if (records.isEmpty()) {
            throw new IllegalArgumentException("it is empty (expected a header line such as " + HEADER + ")");
        }
        ReferenceRows reader = new ReferenceRows(records.get(0));
        List<Reference.Row> rows = new ArrayList<>();
        for (int i = 1; i < records.size(); i++) {
            List<String> record = records.get(i);
            try {
                rows.add(reader.row(place -> place < record.size() ? record.get(place) : null));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + lines.get(i) + ": " + e.getMessage(), e);
            }
        }
        return new Reference(rows);
    }

    private static void split(String text, char separator, List<List<String>> records, List<Integer> lines) {
        List<String> record = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        int line = 1;
        int began = 1;
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quoted && i == text.length()) {
                throw new IllegalArgumentException("line " + began + ": a quote that is not closed");
            }
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append(text.charAt(++i));
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == separator || c == '\n') {
                record.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
            if (c == '\n') {
                line++;
                if (!quoted) {
                    if (record.size() > 1 || !record.get(0).isEmpty()) {
                        records.add(record);
                        lines.add(began);
                    }
                    record = new ArrayList<>();
                    began = line;
                }
            }
        }
    }

    /** The CSV that {@link #read} understands as the same. */
    static String write(Reference reference) {
        StringBuilder csv = new StringBuilder(HEADER).append('\n');
        for (Reference.Row row : reference.rows()) {
            cell(csv, row.deviceId()).append(',');
            cell(csv, row.location()).append(',');
            cell(csv, row.name()).append(',');
            cell(csv, row.measure()).append(',');
            cell(csv, row.unit()).append(',');
            csv.append(Double.isNaN(row.low()) ? "" : Double.toString(row.low())).append(',').append(Double.isNaN(row.high()) ? "" : Double.toString(row.high()));
            csv.append('\n');
        }
        return csv.toString();
    }

    private static StringBuilder cell(StringBuilder csv, String text) {
        return text == null ? csv : csv.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
}
