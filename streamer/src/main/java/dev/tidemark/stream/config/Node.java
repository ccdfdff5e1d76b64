package dev.tidemark.stream.config;

import java.util.List;
import java.util.Map;

/** A value of a configuration file. */
sealed interface Node {

    Place place();

    /** Text; null if nothing is written there. */
    record Scalar(Place place, String text) implements Node { }

    /** A list. */
    record Items(Place place, List<Node> nodes) implements Node { }

    /** Keys with values, in the file's order. */
    record Fields(Place place, Map<String, Field> fields) implements Node { }

    /** A value and where its key stands. */
    record Field(Place key, Node value) { }
}
