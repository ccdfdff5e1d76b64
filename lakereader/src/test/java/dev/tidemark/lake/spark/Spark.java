package dev.tidemark.lake.spark;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Spark with Delta, in a process of its own: SQL in, rows out. One for all tests of a JVM; it is started by the first who asks and ends with
 * the JVM. Starting takes some ten seconds of CPU, a small statement a tenth of one. Thread-safe.
 *
 * <p>A table is named by its folder: {@code SELECT * FROM delta.`/folder`}. Session time zone is UTC. A {@code SET} holds until it is reset: do that.
 */
public final class Spark {

    private static final List<String> OPENED = List.of("java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio", "java.util",
            "java.util.concurrent", "java.util.concurrent.atomic", "sun.nio.ch", "sun.nio.cs", "sun.security.action", "sun.util.calendar");
    /** No statement of a test takes so long: a class that is missing in a thread of Spark's can make it wait for ever. */
    private static final long SECONDS = 120;
    private static Spark shared;

    private final Path folder;
    private final Process process;
    private final DataOutputStream out;
    private final DataInputStream in;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watchdog of Spark");
        thread.setDaemon(true);
        return thread;
    });

    private Spark() throws IOException {
        folder = Files.createTempDirectory("tidemark-spark-");
        for (Class<?> each : List.of(SparkServer.class, SparkRow.class)) {
            String name = each.getName().replace('.', '/') + ".class";
            Path copy = folder.resolve("classes").resolve(name);
            Files.createDirectories(copy.getParent());
            try (InputStream code = each.getClassLoader().getResourceAsStream(name)) {
                Files.copy(code, copy);
            }
        }
        Files.writeString(folder.resolve("classes/log4j2.properties"), "rootLogger.level=error\nrootLogger.appenderRef.e.ref=e\n"
                + "appender.e.type=Console\nappender.e.name=e\nappender.e.target=SYSTEM_ERR\nappender.e.layout.type=PatternLayout\n");
        process = new ProcessBuilder(command()).directory(folder.toFile()).redirectError(folder.resolve("log").toFile()).start();
        out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end of Spark"));
    }

    /** The Spark of this JVM. */
    public static synchronized Spark shared() {
        try {
            if (shared == null) {
                shared = new Spark();
            }
            return shared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx768m", "-Xss4m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-Duser.timezone=UTC", "-Djava.io.tmpdir=" + folder));
        OPENED.forEach(each -> command.add("--add-opens=java.base/" + each + "=ALL-UNNAMED"));
        command.addAll(List.of("-cp", folder.resolve("classes") + System.getProperty("path.separator") + jars().resolve("*"), SparkServer.class.getName()));
        command.addAll(List.of("spark.app.name=tidemark", "spark.master=local[1]", "spark.ui.enabled=false", "spark.driver.host=127.0.0.1",
                "spark.driver.bindAddress=127.0.0.1", "spark.local.dir=" + folder.resolve("local"), "spark.sql.warehouse.dir=" + folder.resolve("warehouse"),
                "spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension", "spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog",
                "spark.sql.session.timeZone=UTC", "spark.sql.datetime.java8API.enabled=true", "spark.sql.shuffle.partitions=1", "spark.default.parallelism=1",
                // Compiling code costs more than it saves on a hundred rows.
                "spark.sql.codegen.wholeStage=false", "spark.sql.codegen.factoryMode=NO_CODEGEN", "spark.sql.adaptive.enabled=false",
                "spark.databricks.delta.snapshotPartitions=1"));
        return command;
    }

    /** Where the build has put Spark's jars: of this module, or of the reader beside it. */
    private static Path jars() {
        return Stream.of("target/spark", "../lakereader/target/spark").map(Path::of).filter(Files::isDirectory).findFirst()
                .orElseThrow(() -> new IllegalStateException("Cannot start Spark: its jars are not there (expected lakereader/target/spark). "
                        + "Run: mvn -q -pl lakereader generate-test-resources")).toAbsolutePath().normalize();
    }

    /** Runs statements, one after the other. */
    public void run(String... statements) {
        for (String statement : statements) {
            rows(statement);
        }
    }

    /**
     * Runs a statement and gives its rows, as {@link SparkRow} writes them.
     *
     * @throws IllegalStateException if Spark refuses it; the message is Spark's
     */
    public synchronized List<String> rows(String statement) {
        ScheduledFuture<?> end = watchdog.schedule(process::destroyForcibly, SECONDS, TimeUnit.SECONDS);
        try {
            SparkServer.text(out, statement);
            out.flush();
            int count = in.readInt();
            if (count < 0) {
                throw new IllegalStateException("Spark cannot run " + statement + ": " + SparkServer.text(in));
            }
            List<String> rows = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                rows.add(SparkServer.text(in));
            }
            return rows;
        } catch (EOFException e) {
            throw new IllegalStateException("Spark has ended: " + log(), e);
        } catch (IOException e) {
            throw new IllegalStateException("Spark does not answer: " + log(), e);
        } finally {
            end.cancel(false);
        }
    }

    private String log() {
        try {
            String log = Files.readString(folder.resolve("log"));
            return log.substring(Math.max(0, log.length() - 4_000));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void end() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | InterruptedException leftToTheSystem) {
            Thread.currentThread().interrupt();
        }
    }
}
