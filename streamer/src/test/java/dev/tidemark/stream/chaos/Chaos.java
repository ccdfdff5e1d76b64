package dev.tidemark.stream.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The long form of {@link ChaosTest}: a streamer that reads a hub is killed hundreds of times, at every named point of its code and at random moments, its connections
 * are cut meanwhile, and its lake is compared with that of a streamer that was left in peace.
 *
 * <p>Arguments: number of kills (200); seed (1). Ends with 0 if the lakes are equal, with 1 and the rows that differ if they are not.
 */
public final class Chaos {

    private static final int ROUND = 10;

    private Chaos() {
    }

    public static void main(String[] arguments) throws Exception {
        int kills = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        Path folder = Files.createTempDirectory("chaos");
        List<String> differences;
        try (Feed feed = new Feed(folder)) {
            Siege siege = new Siege(folder, feed, seed);
            siege.begin();
            for (int done = 0; done < kills; done += ROUND) {
                siege.kill(Math.min(ROUND, kills - done));
                System.out.printf(Locale.ROOT, "%d of %d; %d at random moments, at named points %s%n", Math.min(kills, done + ROUND), kills, siege.randomKills(), siege.killed());
            }
            siege.end();
            differences = siege.differences();
            System.out.printf(Locale.ROOT, "%,d messages; the streamer died %d times%n", feed.size(), siege.randomKills() + siege.killed().values().stream().mapToInt(Integer::intValue).sum());
        }
        if (differences.isEmpty()) {
            delete(folder);
            System.out.println("All tables are those of an undisturbed run");
        } else {
            differences.forEach(System.out::println);
            System.out.println("The lakes differ; both are kept in " + folder);
            System.exit(1);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
