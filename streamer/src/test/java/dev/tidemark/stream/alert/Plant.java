package dev.tidemark.stream.alert;

import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Devices that tell what a test has them tell, each reading a batch of its own, and the alerts that come of it. */
final class Plant {

    static final long SECOND = 1_000_000L;
    static final long MINUTE = 60 * SECOND;

    final List<AlertRow> rows = new ArrayList<>();
    private final Rules rules;
    private final Limits limits;
    private final Map<String, Shape> shapes = new HashMap<>();
    private Alerts alerts;
    private long batch;

    Plant(Rule... rules) {
        this(Limits.NONE, rules);
    }

    Plant(Limits limits, Rule... rules) {
        this(new Rules(List.of(rules)), limits);
    }

    Plant(Rules rules, Limits limits) {
        this.rules = rules;
        this.limits = limits;
        alerts = started();
    }

    private Alerts started() {
        Alerts fresh = new Alerts(rules, limits);
        fresh.tell(rows::add);
        return fresh;
    }

    Alerts alerts() {
        return alerts;
    }

    static Shape shape(String unit, String... measures) {
        return new Shape(List.of(measures), Collections.nCopies(measures.length, Shape.Kind.NUMBER), IntStream.range(0, measures.length).toArray(),
                List.of(measures), Collections.nCopies(measures.length, unit));
    }

    /** A reading of one measure, in a batch after which the watermark stands at its time. */
    Plant reads(String device, long time, String measure, double value) {
        return reads(device, time, measure, null, value, null);
    }

    Plant reads(String device, long time, String measure, String unit, double value, String status) {
        Shape shape = shapes.computeIfAbsent(measure + unit, key -> shape(unit, measure));
        return batch(time, new Reading(device, time, "hall", status, shape, new double[] {value}, null, null));
    }

    Plant batch(long watermark, Reading... readings) {
        alerts.begin(++batch);
        for (Reading reading : readings) {
            alerts.add(reading);
        }
        alerts.end(watermark);
        return this;
    }

    /** The same value every so often. */
    Plant reads(String device, long from, long to, long step, String measure, double value) {
        for (long time = from; time < to; time += step) {
            reads(device, time, measure, value);
        }
        return this;
    }

    /** Ends and starts again from what was kept. */
    Plant restarts() {
        StateWriter out = new StateWriter();
        alerts.write(out);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        out.chunks().forEach(chunk -> bytes.write(chunk.bytes(), 0, (int) chunk.length()));
        alerts = started();
        StateReader in = new StateReader(bytes.toByteArray(), 0, bytes.size());
        alerts.read(in);
        if (!in.ended()) {
            throw new AssertionError("not all of the state was read");
        }
        return this;
    }

    /** "raised too-hot d1 at 5 s" for every row. */
    List<String> story() {
        return rows.stream().map(row -> row.state() + " " + row.rule() + " " + row.deviceId() + " at " + row.eventTime() / SECOND + " s").toList();
    }
}
