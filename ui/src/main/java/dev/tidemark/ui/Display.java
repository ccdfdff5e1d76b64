package dev.tidemark.ui;

import com.sun.jna.NativeLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the desktop draws on: a real display, a virtual one that it starts itself, or memory alone. */
final class Display implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Display.class);
    private static final String SIZE = "1600x1000";

    /** Kinds of display, the best first. */
    enum Kind { REAL, VIRTUAL, NONE }

    private final Kind kind;
    private final Process server;

    private Display(Kind kind, Process server) {
        this.kind = kind;
        this.server = server;
    }

    /** Whether there is a display that a window could appear on. JavaFX on Linux speaks X11 only. */
    static boolean isThere(Map<String, String> environment, String system) {
        boolean unix = !system.toLowerCase(Locale.ROOT).matches(".*(win|mac|darwin).*");
        return !unix || !environment.getOrDefault("DISPLAY", "").isBlank();
    }

    static Display real() {
        return new Display(Kind.REAL, null);
    }

    /**
     * In place of a real display: Xvfb on a free number if it is there, and the libraries that a window needs with it; else no
     * window at all, and the scene is painted into memory. Must come before JavaFX is loaded.
     */
    static Display inPlaceOfReal(Map<String, String> environment) {
        Optional<Path> program = onPath(environment.getOrDefault("PATH", ""), "Xvfb");
        if (program.isPresent()) {
            try {
                // A library is looked for before the server is started: without it a window cannot be opened there either.
                NativeLibrary.getInstance("gtk-3");
                return start(program.get());
            } catch (IOException | UnsatisfiedLinkError e) {
                LOG.warn("Cannot use {}: {}", program.get(), e.getMessage());
            }
        }
        System.setProperty("glass.platform", "Monocle");
        System.setProperty("monocle.platform", "Headless");
        System.setProperty("headless.geometry", SIZE + "-32");
        System.setProperty("prism.order", "sw");
        return new Display(Kind.NONE, null);
    }

    Kind kind() {
        return kind;
    }

    @Override
    public void close() {
        if (server != null) {
            server.destroy();
        }
    }

    private static Display start(Path program) throws IOException {
        // With -terminate it ends with its last client, even if we are killed and cannot end it.
        List<String> command = new ArrayList<>();
        // In a session of its own: Ctrl-C goes to all of ours, and a window that loses its display takes the process down before it has tidied up.
        onPath(System.getenv().getOrDefault("PATH", ""), "setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(List.of(program.toString(), "-displayfd", "1", "-screen", "0", SIZE + "x24", "-nolisten", "tcp", "-terminate"));
        Process server = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try {
                return new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII)).readLine();
            } catch (IOException e) {
                return null;
            }
        });
        try {
            String number = line.get(10, TimeUnit.SECONDS);
            if (number == null) {
                throw new IOException("it ended at once with exit code " + server.waitFor());
            }
            String name = ":" + number.strip();
            // GTK asks the C library where the display is, and Java gives no way to tell it.
            NativeLibrary.getInstance("c").getFunction("setenv").invokeInt(new Object[] {"DISPLAY", name, 1});
            // JavaFX tries the display before it uses it: without a client that stays, the server would end there.
            if (NativeLibrary.getInstance("X11").getFunction("XOpenDisplay").invokePointer(new Object[] {name}) == null) {
                throw new IOException("it does not answer at " + name);
            }
            System.setProperty("prism.order", "sw");
            return new Display(Kind.VIRTUAL, server);
        } catch (IOException | UnsatisfiedLinkError e) {
            // Without a client it would not end by itself.
            server.destroyForcibly();
            throw e;
        } catch (TimeoutException | ExecutionException e) {
            server.destroyForcibly();
            throw new IOException("it did not tell its number within 10 s", e);
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Optional<Path> onPath(String path, String program) {
        return List.of(path.split(File.pathSeparator)).stream().filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
    }
}
