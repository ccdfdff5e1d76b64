package dev.tidemark.stream.decode;

import dev.tidemark.stream.source.Message;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Bytes to reading or reject, by the rules of {@code silver/readings}: aliases, flattening, times, measures. Not thread-safe: one a thread.
 *
 * <p>What the rules leave open:
 * <ul>
 * <li>Aliases are matched in any case and at the top of the payload only. Of several the one named first in the rules wins, whatever
 *     their order in the payload; the others are leaves. A blank or null alias counts as absent.
 * <li>Columns whose names differ by case alone are one column, spelled as when first seen. A second leaf for the same column in one
 *     message goes to {@link Reading#rescued()}, and so does what comes after a thousand leaves. A leaf named like a fixed column of the
 *     table is prefixed with {@code payload_}.
 * <li>In column names, spaces, control characters and {@code ,;{}()=} are replaced by {@code _}.
 * <li>An array of up to 16 numbers and nulls becomes a leaf for each number; any other its JSON text.
 * <li>NaN, infinities and numbers too large for a double are nulls; a null leaf is absent.
 * <li>{@code measure} goes before {@code device_type} as the name of {@code value}; {@code unit} belongs to {@code value}, or to the
 *     only number.
 * <li>A time of epoch is in seconds below 10<sup>11</sup>, in milliseconds below 10<sup>14</sup>, then micro- and nanoseconds.
 * <li>CSV cells are typed one by one: number, {@code true}/{@code false}, else text; an empty one is null.
 * </ul>
 */
public final class Decoder {

    private static final long FUTURE = TimeUnit.HOURS.toMicros(1);

    private final InstantSource clock;
    private final Leaves leaves;
    private final JsonScanner json;
    private final CsvLine csv;
    private final Shapes shapes = new Shapes();
    /** No event may be later. Read anew from the clock only when one seems to be. */
    private long latest = Long.MIN_VALUE;
    /** The properties seen last: messages of a file share them. */
    private Map<String, String> properties;
    private boolean isCsv;
    private String header;

    /** @param clock tells what lies more than an hour in the future */
    public Decoder(InstantSource clock) {
        this(clock, List.of());
    }

    /**
     * Goes on with a table that has columns already.
     *
     * @param clock   tells what lies more than an hour in the future
     * @param columns columns of {@code silver/readings}: leaves that differ from one by case alone are spelled like it
     */
    public Decoder(InstantSource clock, Collection<String> columns) {
        this.clock = clock;
        this.leaves = new Leaves(new Columns(List.copyOf(columns)));
        this.json = new JsonScanner(leaves);
        this.csv = new CsvLine(leaves);
    }

    /** Decodes one message. Never throws for what a device sent. */
    public Decoded decode(Message message) {
        if (message.properties() != properties) {
            properties = message.properties();
            String type = properties.get(Message.CONTENT_TYPE);
            isCsv = type != null && type.regionMatches(true, 0, "text/csv", 0, 8);
            header = isCsv ? properties.get(Message.CSV_HEADER) : null;
        }
        byte[] body = message.body();
        leaves.begin(body);
        try {
            if (isCsv) {
                csv.scan(body, header);
            } else {
                json.scan(body);
            }
        } catch (Malformed e) {
            return new Decoded.Rejected(Decoded.Reason.MALFORMED, e.getMessage());
        }
        Layout layout = shapes.of(leaves);
        String device = layout.device >= 0 ? leaves.text(layout.device).strip() : message.deviceId();
        if (device == null || device.isEmpty()) {
            return noDevice();
        }
        long time = message.enqueued();
        if (layout.time >= 0) {
            time = leaves.time(layout.time);
            if (time == EventTime.UNREADABLE) {
                return unreadableTime(layout.time);
            }
        }
        Shape shape = layout.shape(leaves);
        if (shape.measures().isEmpty()) {
            return new Decoded.Rejected(Decoded.Reason.NO_NUMBER, "no finite number (expected at least one beside device and time, actual "
                    + leaves.names() + ")");
        }
        if (time > latest && time > (latest = now() + FUTURE)) {
            return futureTime(time);
        }
        return new Decoded.Accepted(reading(layout, shape, device, time), layout.time >= 0);
    }

    private Reading reading(Layout layout, Shape shape, String device, long time) {
        int[] slots = layout.slots;
        double[] numbers = new double[slots.length];
        for (int i = 0; i < slots.length; i++) {
            numbers[i] = leaves.numbers[slots[i]];
        }
        String[] texts = null;
        if (layout.texts) {
            texts = new String[slots.length];
            for (int i = 0; i < slots.length; i++) {
                texts[i] = leaves.kinds[slots[i]] == Shape.Kind.TEXT ? leaves.text(slots[i]) : null;
            }
        }
        return new Reading(device, time, layout.location < 0 ? null : leaves.text(layout.location),
                layout.status < 0 ? null : leaves.text(layout.status), shape, numbers, texts, leaves.rescued());
    }

    private Decoded noDevice() {
        return new Decoded.Rejected(Decoded.Reason.NO_DEVICE, "no device (expected a field or column "
                + String.join(", ", Field.DEVICE_NAMES) + ", or a device id of the transport, actual " + leaves.names() + ")");
    }

    private Decoded unreadableTime(int leaf) {
        return new Decoded.Rejected(Decoded.Reason.UNREADABLE_TIME, "unreadable time (expected ISO-8601, yyyy-MM-dd HH:mm:ss,"
                + " or epoch seconds or milliseconds, actual '" + Excerpt.of(leaves.text(leaf)) + "')");
    }

    private Decoded futureTime(long time) {
        return new Decoded.Rejected(Decoded.Reason.FUTURE_TIME, "the time lies more than an hour ahead of this machine's clock"
                + " (expected at most " + Excerpt.time(latest) + ", actual " + Excerpt.time(time) + ")");
    }

    private long now() {
        var now = clock.instant();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
    }
}
