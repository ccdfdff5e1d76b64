package dev.tidemark.stream.pipeline;

import io.micrometer.core.instrument.MeterRegistry;

/** Figures that a test writes where a pipeline would. */
public final class FiguresByHand {

    private final Figures figures;

    public FiguresByHand(MeterRegistry registry) {
        figures = new Figures(registry);
    }

    public Figures figures() {
        return figures;
    }

    public void committed(String table, long version) {
        figures.committed(table, version, 2_000_000);
    }

    public void commitFailed(String table, String why) {
        figures.commitFailed(table, why);
    }

    public void outage(String source, String why) {
        figures.outage(source, why);
    }

    public void moved() {
        figures.moved();
    }

    public void polled(String source, String partition, int messages, long number, long enqueuedMicros, long behind) {
        PartitionFigures from = figures.partition(source, partition, source + '#' + partition, -1);
        figures.polled(from, messages, number, enqueuedMicros);
        from.behind(behind);
        figures.handedOver();
        figures.held();
    }

    public void watermark(long micros) {
        figures.watermark(micros);
    }

    public void ended(String source, String partition) {
        figures.ended(source + '#' + partition);
    }
}
