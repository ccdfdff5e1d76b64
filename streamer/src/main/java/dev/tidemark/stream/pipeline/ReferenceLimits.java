package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.alert.Limits;
import dev.tidemark.stream.decode.Reference;
import dev.tidemark.stream.reference.ReferenceHistory;

/** The limits that the reference data of each batch knew: judged again, a batch is judged by the same. */
final class ReferenceLimits implements Limits {

    private final ReferenceHistory references;
    private Reference reference = Reference.NONE;
    private long version;

    ReferenceLimits(ReferenceHistory references) {
        this.references = references;
    }

    /** From here on, those of this batch. */
    void begin(long ingestedAt) {
        Reference now = references.at(ingestedAt).reference();
        if (now != reference) {
            reference = now;
            version++;
        }
    }

    @Override
    public Range of(String device, String measure) {
        Reference.Device known = reference.device(device);
        Reference.Measure limits = known == null ? null : known.measure(measure);
        return limits == null || limits.low() != limits.low() && limits.high() != limits.high() ? null : new Range(limits.low(), limits.high(), limits.unit());
    }

    @Override
    public long version() {
        return version;
    }
}
