package dev.tidemark.ui;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * A streamer of our own with demo data: simulated devices, and a replay of real readings. It ends with the desktop; a lake that
 * was made for it goes with it.
 */
final class Demo implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final boolean WINDOWS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
    private static final String SCRIPT = WINDOWS ? "tidemark-streamer.cmd" : "tidemark-streamer";

    /** Also where Ctrl-C reached it before us: with its last commit done, or by the signal. */
    private static final Set<Integer> ENDED_WHEN_ASKED = Set.of(0, 130, 143);

    private final Process streamer;
    private final Path lake;
    private final Path log;
    private final Optional<Path> temporary;
    private boolean closed;

    private Demo(Process streamer, Path lake, Path log, Optional<Path> temporary) {
        this.streamer = streamer;
        this.lake = lake;
        this.log = log;
        this.temporary = temporary;
    }

    /**
     * Starts it.
     *
     * @param root the lake to write; a temporary one if it is not given
     * @throws IOException if the streamer cannot be found or started; the message says where it was looked for
     */
    static Demo start(Optional<String> root) throws IOException {
        Path home = home(System.getenv(), Optional.ofNullable(System.getProperty("tidemark.streamer.home")), application());
        Optional<Path> temporary = root.isPresent() ? Optional.empty() : Optional.of(Files.createTempDirectory("tidemark-demo-"));
        Path lake = root.map(Path::of).orElseGet(() -> temporary.get().resolve("demo-plant")).toAbsolutePath();
        Files.createDirectories(lake);
        Path log = Path.of(System.getProperty("java.io.tmpdir"), "tidemark-demo-streamer-" + ProcessHandle.current().pid() + ".log");
        List<String> command = new ArrayList<>(List.of(home.resolve("bin").resolve(SCRIPT).toString(), "run", "--lake", lake.toString()));
        Path house = home.resolve("demo").resolve("house");
        if (Files.isDirectory(house)) {
            command.addAll(List.of("--source", "files:" + house));
        }
        // An hour to look back on, so that there are lines at once.
        command.addAll(List.of("--source", "simulate:devices=50,rate=200,seed=1,faults=few,history=60"));
        Path config = Files.writeString(Files.createTempFile("tidemark-demo-", ".yaml"), settings(home.resolve("demo")));
        config.toFile().deleteOnExit();
        command.addAll(List.of("--config", config.toString()));
        LOG.info("Starting {}", command);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE).start();
        return new Demo(process, lake, log, temporary);
    }

    /** Windows, rules and reference data of the demo; of a streamer that comes without them, short windows, so that lines grow while one looks on. */
    private static String settings(Path demo) throws IOException {
        Path rules = demo.resolve("demo.yaml");
        Path devices = demo.resolve("devices.csv");
        return (Files.isRegularFile(rules) ? Files.readString(rules) : "windows: [10s, 1m, 5m, 1h]\n")
                + (Files.isRegularFile(devices) ? "reference:\n  file: \"" + devices.toString().replace("\\", "\\\\") + "\"\n" : "");
    }

    /** The lake that it writes. */
    Path lake() {
        return lake;
    }

    /** What the streamer says; it is kept if the streamer ends by itself. */
    Path log() {
        return log;
    }

    /**
     * Tells {@code listener}, on a thread of its own, if the streamer ends before it is asked to. Ctrl-C reaches both at once: the streamer may
     * be gone before this side knows that it is to end, so there is a moment to find out.
     */
    void onDeath(IntConsumer listener) {
        streamer.onExit().thenAcceptAsync(process -> {
            if (!isClosed()) {
                listener.accept(process.exitValue());
            }
        }, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Ends the streamer, gives it five seconds to commit what it has, and removes what was made for the demo. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        List<ProcessHandle> family = new ArrayList<>(streamer.descendants().toList());
        streamer.destroy();
        try {
            if (!streamer.waitFor(5, TimeUnit.SECONDS)) {
                streamer.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            streamer.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        temporary.ifPresent(Demo::remove);
        if (streamer.isAlive() || ENDED_WHEN_ASKED.contains(streamer.exitValue())) {
            // Of one that failed someone will want to read why.
            remove(log);
        }
    }

    /** The streamer's application folder: as told, else where the build leaves it, else beside this application. */
    static Path home(Map<String, String> environment, Optional<String> property, Path application) throws IOException {
        List<Path> places = new ArrayList<>();
        property.ifPresent(told -> places.add(Path.of(told)));
        if (environment.containsKey("TIDEMARK_STREAMER_HOME")) {
            places.add(Path.of(environment.get("TIDEMARK_STREAMER_HOME")));
        }
        places.add(application.resolve("../../../streamer/target/tidemark-streamer").normalize());
        places.add(application.resolve("../tidemark-streamer").normalize());
        for (Path place : places) {
            if (Files.isRegularFile(place.resolve("bin").resolve(SCRIPT))) {
                return place;
            }
        }
        throw new IOException("no streamer found (looked in " + String.join(", ", places.stream().map(Path::toString).toList())
                + "). Build it, or name its folder in TIDEMARK_STREAMER_HOME.");
    }

    /** The folder that holds {@code lib} with our own jar; when run from classes, where the folder would be. */
    private static Path application() {
        String told = System.getProperty("tidemark.home");
        if (told != null) {
            return Path.of(told).toAbsolutePath();
        }
        try {
            Path code = Path.of(Demo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.isDirectory(code) ? code.resolveSibling("tidemark") : code.getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.warn("Cannot remove {}", folder, e);
        }
    }
}
