package dev.tidemark.ui;

import dev.tidemark.ui.theme.Appearance;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param root       the lake to open
 * @param version    the version to show
 * @param timestamp  the time as of which to show the table
 * @param theme      instead of the one that is remembered
 * @param demo       whether to start the streamer with demo data
 * @param screenshot where to write a picture of the window
 * @param after      seconds until then, or until a demo without a display ends by itself
 */
record Options(Optional<String> root, Optional<Long> version, Optional<Instant> timestamp, Optional<Appearance.Choice> theme,
               boolean demo, Optional<Path> screenshot, Optional<Double> after) {
}
