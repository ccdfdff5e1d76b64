package dev.tidemark.stream.chaos;

import dev.tidemark.stream.pipeline.LakeRows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * One lake whose streamer is killed again and again while it takes a feed, and another one whose streamer takes the same in peace. Kills are at named points of the
 * code, each in its turn, and at random moments between.
 */
final class Siege {

    static final String BESIEGED = "besieged";
    static final String PEACEFUL = "peaceful";

    private static final int PORTION = 160;
    private static final int FEW = 5;
    private static final int ATTEMPTS = 5;
    /** Enough commits for the first checkpoint to be due. */
    private static final int BEFOREHAND = 2_100;

    private final Path folder;
    private final Feed feed;
    private final Random random;
    private final Path configuration;
    private final Map<KillPoint, Integer> killed = new EnumMap<>(KillPoint.class);
    private final List<String> history = new ArrayList<>();
    private final long began = System.nanoTime();
    private int randomKills;
    private int outputs;
    private int turn;

    Siege(Path folder, Feed feed, long seed) throws IOException {
        this.folder = folder;
        this.feed = feed;
        this.random = new Random(seed);
        // So many commits that there is always one under way, and so much patience that nothing depends on which partition was faster.
        this.configuration = Files.writeString(folder.resolve("streamer.yaml"), """
                windows: [1m, 5m/1m, 1h, session-1m]
                watermark-delay: 1m
                duplicate-horizon: 30m
                commit-rows: 20
                commit-interval: 10ms
                live-interval: 10ms
                compact-min-files: 4
                compact-after: 100ms
                """);
    }

    /** Starts a streamer on a lake of this siege. */
    Victim start(String lake, String... more) throws IOException {
        return Victim.start(folder.resolve("output-" + outputs++ + ".txt"), arguments(lake, more));
    }

    /** What a streamer of this siege is started with. */
    List<String> arguments(String lake, String... more) {
        // Each lake's streamer in a consumer group of its own: they may read at the same time.
        List<String> arguments = new ArrayList<>(List.of("run", "--lake", lake(lake).toString(), "--config", configuration.toString(), "--source", feed.source() + ",consumer-group=" + lake));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** What all streamers said, one after the other. */
    String outputs() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < outputs; i++) {
            all.append("streamer ").append(i).append(": ").append(Files.readString(folder.resolve("output-" + i + ".txt")));
        }
        return all.toString();
    }

    /** Where a lake of this siege is. */
    Path lake(String lake) {
        return folder.resolve(lake);
    }

    /** A portion that the streamer takes in peace, so that there is something to lose. */
    void begin() throws IOException, InterruptedException {
        feed.add(BEFOREHAND);
        takeInPeace(BESIEGED, "--once");
    }

    /** So many kills, one of three at a random moment, the others at those named points that had their turn least often. */
    void kill(int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            if (turn++ % 3 == 2) {
                feed.add(PORTION);
                killAtRandom();
            } else {
                killAt(KillPoint.ofTheStreamer().stream().min(Comparator.comparingInt(point -> killed.getOrDefault(point, 0))).orElseThrow());
            }
        }
    }

    private void killAt(KillPoint point) throws IOException, InterruptedException {
        if (point == KillPoint.BEFORE_THE_CHECKPOINT || point == KillPoint.IN_THE_CHECKPOINT) {
            // A checkpoint comes with every hundredth commit only.
            feed.add(BEFOREHAND);
        }
        int time = 1 + random.nextInt(point.often());
        boolean hit = false;
        // What is done beside the stream may be too late for a short one on a busy machine.
        for (int attempt = 0; !hit && attempt < ATTEMPTS; attempt++) {
            feed.add(PORTION);
            hit = Victim.killedAt(point, time, folder.resolve("output-" + outputs++ + ".txt"), arguments(BESIEGED, "--once"));
            history.add(elapsed() + point + " for the " + time + "th time" + (hit ? "" : ": not reached"));
        }
        killed.merge(point, hit ? 1 : 0, Integer::sum);
    }

    private String elapsed() {
        return (System.nanoTime() - began) / 1_000_000_000 + " s: ";
    }

    /** At any moment of a run: while it starts, recovers, commits, or ends. */
    private void killAtRandom() throws IOException, InterruptedException {
        long moment = 300 + random.nextInt(2_500);
        try (Victim victim = start(BESIEGED, "--once")) {
            if (random.nextInt(3) == 0) {
                feed.disturb();
            }
            boolean hit = victim.killAfter(moment);
            randomKills += hit ? 1 : 0;
            history.add(elapsed() + "after " + moment + " ms" + (hit ? "" : ": it had ended"));
        }
    }

    /** Lets both streamers take what is left, in peace. */
    void end() throws IOException, InterruptedException {
        takeInPeace(BESIEGED, "--once", "--close");
        takeInPeace(PEACEFUL, "--once", "--close");
    }

    /** Lets a streamer run to its end, which must be a good one. */
    void takeInPeace(String lake, String... more) throws IOException, InterruptedException {
        try (Victim streamer = start(lake, more)) {
            if (streamer.end() != 0) {
                throw new IllegalStateException("The streamer of the " + lake + " lake failed after " + history + ": " + streamer.output());
            }
        }
    }

    /** Rows that only one of the two lakes has, a few of each table; none if all is well. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        Map<String, List<String>> expected = LakeRows.all(lake(PEACEFUL));
        LakeRows.all(lake(BESIEGED)).forEach((table, rows) -> {
            if (!rows.equals(expected.get(table))) {
                differences.add(table + " has " + rows.size() + " rows, expected " + expected.get(table).size());
                Set<String> known = new HashSet<>(expected.get(table));
                Set<String> found = new HashSet<>(rows);
                rows.stream().filter(row -> !known.contains(row)).limit(FEW).forEach(row -> differences.add(table + " only after kills: " + row));
                expected.get(table).stream().filter(row -> !found.contains(row)).limit(FEW).forEach(row -> differences.add(table + " only in peace: " + row));
            }
        });
        return differences;
    }

    /** Point → how often the streamer died there. */
    Map<KillPoint, Integer> killed() {
        return killed;
    }

    /** How often it died at a random moment. */
    int randomKills() {
        return randomKills;
    }

    /** What was done to it, in order. */
    List<String> history() {
        return history;
    }
}
