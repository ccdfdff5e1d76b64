package dev.tidemark.stream.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.hub.Hub;
import dev.tidemark.stream.hub.HubSettings;
import dev.tidemark.stream.source.PortFront;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** From simulated devices through a hub into the tables, as a user does it. */
class HubStreamTest {

    private static final String KEY = "a-key-that-nobody-may-ever-see";
    private static final Pattern SENT = Pattern.compile("([\\d,]+) messages sent");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger own = (Logger) LoggerFactory.getLogger("dev.tidemark");
    private final Level level = own.getLevel();
    private Hub hub;
    private PortFront front;

    @BeforeEach
    void start() throws IOException {
        own.setLevel(Level.DEBUG);
        log.start();
        root.addAppender(log);
        hub = Hub.open(settings());
        front = PortFront.plain(hub.port());
        Files.writeString(folder.resolve("hub.txt"), connectionString(KEY));
    }

    /** The same port for a hub that is made anew: under another one it would be another source. */
    private String connectionString(String key) {
        return hub.connectionString("telemetry", key).replace(":" + hub.port() + ";", ":" + front.port() + ";");
    }

    @AfterEach
    void stop() throws IOException {
        root.detachAppender(log);
        own.setLevel(level);
        front.close();
        hub.close();
    }

    private HubSettings settings() {
        return HubSettings.in(folder.resolve("hub"), Clock.systemUTC()).withHub("telemetry", 3).withForce(false).withKey(KEY);
    }

    private int tidemark(String... arguments) {
        out.reset();
        err.reset();
        int code = TidemarkStreamer.run(new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false),
                arguments);
        assertThat(out() + err()).doesNotContain(KEY);
        return code;
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String connection() {
        return folder.resolve("hub.txt").toString();
    }

    private int simulate(int count) {
        return tidemark("simulate", "--devices", "100", "--rate", "50000", "--faults", "--count", Integer.toString(count), "--connection-string-file", connection());
    }

    private int once(String... more) {
        List<String> all = new ArrayList<>(List.of("run", "--lake", folder.resolve("lake").toString(), "--once", "--close", "--source",
                "eventhubs:connection-string-file=" + connection()));
        all.addAll(Arrays.asList(more));
        return tidemark(all.toArray(String[]::new));
    }

    private long sent() {
        Matcher sent = SENT.matcher(out());
        assertThat(sent.find()).as(out() + err()).isTrue();
        return Long.parseLong(sent.group(1).replace(",", ""));
    }

    private Batch bronze() {
        return Scan.of(Lake.at(folder.resolve("lake").toString()).table("bronze/events").snapshot()).columns(List.of("source", "partition", "offset")).readAll();
    }

    private void assertUnique(Batch bronze) {
        Set<String> ids = new HashSet<>();
        for (int row = 0; row < bronze.rows(); row++) {
            assertThat(ids.add(bronze.strings("source").get(row) + "|" + bronze.strings("partition").get(row) + "|" + bronze.longs("offset").values()[row])).isTrue();
        }
    }

    @Test
    void everything_that_devices_send_is_in_the_tables_once() {
        assertThat(simulate(5_000)).as(err()).isZero();
        long first = sent();
        assertThat(once()).as(err()).isZero();
        assertThat(bronze().rows()).isEqualTo((int) first);
        assertThat(out()).contains(String.format("%,d messages read", first));
        assertThat(simulate(2_000)).as(err()).isZero();
        long second = sent();
        assertThat(once()).as(err()).isZero();
        assertThat(bronze().rows()).isEqualTo((int) (first + second));
        assertUnique(bronze());
        assertThat(once()).isZero();
        assertThat(out()).contains("0 messages read");
    }

    @Test
    void a_hub_that_was_deleted_and_made_again_is_refused_until_it_is_accepted() throws IOException {
        simulate(500);
        long first = sent();
        assertThat(once()).as(err()).isZero();
        hub.close();
        try (Stream<Path> files = Files.walk(folder.resolve("hub"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        hub = Hub.open(settings());
        front.target(hub.port());
        simulate(700);
        long second = sent();
        assertThat(once()).isOne();
        assertThat(err()).contains("made anew").contains("--accept-new-hub").hasLineCount(1);
        assertThat(bronze().rows()).isEqualTo((int) first);
        assertThat(once("--accept-new-hub")).as(err()).isZero();
        assertThat(bronze().rows()).isEqualTo((int) (first + second));
        assertUnique(bronze());
        simulate(100);
        long third = sent();
        assertThat(once()).as(err()).isZero();
        assertThat(bronze().rows()).isEqualTo((int) (first + second + third));
    }

    @Test
    void a_wrong_key_is_told_and_shown_nowhere() throws IOException {
        String wrong = "b3RoZXIgb3RoZXIgb3RoZXI";
        Files.writeString(folder.resolve("hub.txt"), connectionString(wrong));
        assertThat(simulate(10)).isOne();
        assertThat(err()).contains("access was refused").doesNotContain(wrong).hasLineCount(1);
        assertThat(once()).isOne();
        assertThat(err()).contains("access was refused").doesNotContain(wrong).hasLineCount(1);
        assertThat(List.copyOf(log.list)).allSatisfy(event -> assertThat(event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .doesNotContain(wrong).doesNotContain(KEY));
    }

    @Test
    void a_key_on_the_command_line_is_refused_and_not_repeated() {
        assertThat(tidemark("run", "--lake", folder.toString(), "--source", "eventhubs:" + connectionString(KEY))).isEqualTo(2);
        assertThat(err()).contains("connection-string-file");
        assertThat(tidemark("simulate", connectionString(KEY))).isEqualTo(2);
        assertThat(List.copyOf(log.list)).allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain(KEY));
    }

    @Test
    void the_right_key_is_in_no_log_either() {
        simulate(100);
        assertThat(once()).isZero();
        assertThat(List.copyOf(log.list)).isNotEmpty().allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain(KEY).doesNotContain("SharedAccessSignature"));
    }

    @Test
    void simulate_says_what_it_needs() {
        assertThat(tidemark("simulate", "--rate", "10")).isEqualTo(2);
        assertThat(err()).contains("--connection-string-env");
        assertThat(tidemark("simulate", "--rate", "0", "--connection-string-file", connection())).isEqualTo(2);
        assertThat(err()).contains("--rate");
    }
}
