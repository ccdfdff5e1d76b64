package dev.tidemark.ui;

import dev.tidemark.lake.azure.AzureAccess;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What asks the operator, or another program.
 *
 * @param folder a lake to open
 * @param file   where to write, given a name that suits
 * @param browse shows a folder
 * @param page   opens an address in the system's browser
 * @param access completes a way into a storage account, as by the server that stands for it
 */
record Dialogs(Supplier<Optional<Path>> folder, Function<String, Optional<Path>> file, Consumer<Path> browse, Consumer<String> page,
               UnaryOperator<AzureAccess> access) {

    /** Without a browser. */
    Dialogs(Supplier<Optional<Path>> folder, Function<String, Optional<Path>> file, Consumer<Path> browse) {
        this(folder, file, browse, address -> { }, access -> access);
    }
}
