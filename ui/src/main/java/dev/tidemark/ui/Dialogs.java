package dev.tidemark.ui;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What asks the operator, or another program.
 *
 * @param folder a lake to open
 * @param file   where to write, given a name that suits
 * @param browse shows a folder
 */
record Dialogs(Supplier<Optional<Path>> folder, Function<String, Optional<Path>> file, Consumer<Path> browse) {
}
