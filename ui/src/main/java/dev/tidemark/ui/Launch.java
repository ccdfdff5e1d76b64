package dev.tidemark.ui;

import dev.tidemark.ui.theme.SystemTheme;
import dev.tidemark.ui.theme.Theme;
import javafx.application.Application;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One run of the desktop, in the order in which it starts. What is started here ends with the process, however that ends. */
final class Launch {

    /** How long a demo without a display goes on between two pictures. */
    private static final double PICTURE_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

    private static volatile Launch current;

    private final Options options;
    private final Optional<Demo> demo;
    private final Optional<Pictures> pictures;
    private final CompletableFuture<Theme> systemTheme = CompletableFuture.supplyAsync(SystemTheme::now);

    private Launch(Options options, Optional<Demo> demo, Optional<Pictures> pictures) {
        this.options = options;
        this.demo = demo;
        this.pictures = pictures;
    }

    /** Runs until the window is closed, or what was asked for is done. @return the exit code */
    static int run(Options options) {
        boolean display = Display.isThere(System.getenv(), System.getProperty("os.name", ""));
        if (!display && !options.demo() && options.screenshot().isEmpty()) {
            System.err.println("tidemark: There is no display to open a window on (DISPLAY is not set). Start it on a desktop, or use "
                    + "--screenshot FILE or --demo, which do without one.");
            return 1;
        }
        try (Display ground = display ? Display.real() : Display.inPlaceOfReal(System.getenv())) {
            Optional<Demo> demo = options.demo() ? Optional.of(Demo.start(options.root())) : Optional.empty();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                // The toolkit goes down beside us, and without a window it prints a stack trace if it was just painting.
                System.setErr(new PrintStream(OutputStream.nullOutputStream()));
                Optional.ofNullable(current).flatMap(Launch::pictures).ifPresent(Pictures::end);
                demo.ifPresent(Demo::close);
                ground.close();
            }, "tidemark-end"));
            current = new Launch(options, demo, pictures(options, ground, demo));
            Application.launch(Desktop.class);
            demo.ifPresent(Demo::close);
            return current.pictures.map(Pictures::exitCode).orElse(0);
        } catch (IOException e) {
            System.err.println("tidemark: Cannot start the demo: " + e.getMessage());
            return 1;
        } catch (UnsupportedOperationException | UnsatisfiedLinkError | NoClassDefFoundError e) {
            System.err.println("tidemark: Cannot open a window: " + e.getMessage() + " (expected a display that can be reached"
                    + " and the libraries of GTK 3; on Debian: apt-get install libgtk-3-0 libgl1 libxtst6 libxxf86vm1)");
            return 1;
        } catch (RuntimeException e) {
            LOG.error("Cannot go on", e);
            System.err.println("tidemark: Cannot go on: " + Optional.ofNullable(e.getCause()).orElse(e));
            return 1;
        }
    }

    static Launch current() {
        return current;
    }

    Options options() {
        return options;
    }

    Optional<Demo> demo() {
        return demo;
    }

    Optional<Pictures> pictures() {
        return pictures;
    }

    /** The system's own theme; was asked for at the start and is there by the time it is needed. */
    Theme systemTheme() {
        return systemTheme.join();
    }

    private static Optional<Pictures> pictures(Options options, Display ground, Optional<Demo> demo) throws IOException {
        if (ground.kind() != Display.Kind.REAL) {
            System.err.println(ground.kind() == Display.Kind.VIRTUAL
                    ? "tidemark: There is no display here: running on a virtual one (Xvfb)."
                    : "tidemark: There is no display here, and no virtual one (Xvfb): running without a window.");
        }
        if (options.screenshot().isPresent()) {
            return Optional.of(Pictures.one(options.screenshot().get(), options.after().orElse(PICTURE_SECONDS)));
        }
        if (ground.kind() == Display.Kind.REAL) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("tidemark-screenshots-");
        System.err.println("tidemark: Pictures of the window are written to " + folder + " every " + Math.round(PICTURE_SECONDS)
                + " s; live-latest.png is the newest. " + (options.after().isPresent() ? "" : "Ctrl-C ends the demo."));
        demo.ifPresent(running -> System.err.println("tidemark: The demo's lake is " + running.lake() + ", what its streamer says is in " + running.log()));
        return Optional.of(Pictures.series(folder, PICTURE_SECONDS, options.after()));
    }
}
