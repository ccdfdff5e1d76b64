package dev.tidemark.stream.window;

import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Readings for tests. */
final class Readings {

    static final long SECOND = 1_000_000L;
    static final long MINUTE = 60 * SECOND;

    private Readings() {
    }

    static Shape shape(String... measures) {
        return new Shape(List.of(measures), Collections.nCopies(measures.length, Shape.Kind.NUMBER),
                IntStream.range(0, measures.length).toArray(), List.of(measures), Collections.nCopies(measures.length, null));
    }

    static Reading reading(String device, String location, long time, Shape shape, double... values) {
        return new Reading(device, time, location, null, shape, values, null, null);
    }
}
