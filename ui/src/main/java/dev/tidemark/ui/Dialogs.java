package dev.tidemark.ui;

import dev.tidemark.lake.azure.AzureAccess;
import dev.tidemark.ui.alerts.Bell;
import dev.tidemark.ui.chart.Severity;

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
 * @param rules  a streamer's configuration to read
 * @param browse shows a folder
 * @param page   opens an address in the system's browser
 * @param access completes a way into a storage account, as by the server that stands for it
 * @param voice  tells of alerts outside the window
 */
record Dialogs(Supplier<Optional<Path>> folder, Function<String, Optional<Path>> file, Supplier<Optional<Path>> rules, Consumer<Path> browse, Consumer<String> page,
               UnaryOperator<AzureAccess> access, Bell.Voice voice) {

    /** Nothing is heard, and no notice is seen. */
    static final Bell.Voice SILENT = new Bell.Voice() {
        @Override
        public void notice(String title, String text) {
            // Nobody sees it.
        }

        @Override
        public void sound(Severity worst) {
            // Nobody hears it.
        }
    };

    /** Without a browser, and silent. */
    Dialogs(Supplier<Optional<Path>> folder, Function<String, Optional<Path>> file, Consumer<Path> browse) {
        this(folder, file, Optional::empty, browse, address -> { }, access -> access, SILENT);
    }
}
