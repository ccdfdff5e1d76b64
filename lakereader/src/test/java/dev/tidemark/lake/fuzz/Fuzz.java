package dev.tidemark.lake.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The fuzz test in its long form. Arguments: how many rounds (a thousand), the first seed (by the clock). What a round with a seed does can be
 * repeated with that seed and one round.
 * <pre>
 * java -Xmx1g -cp "lakereader/target/test-classes:lakereader/target/tidemark-lake/lib/*" dev.tidemark.lake.fuzz.Fuzz 1000
 * </pre>
 */
public final class Fuzz {

    /** The tables of Spark's in this module's test resources. */
    static final List<String> TABLES = List.of("basic_ops", "colmap_name", "deletion_vectors", "partition_special", "schema_evolution", "v2_checkpoint_parquet", "window_struct_stream");

    private Fuzz() {
    }

    /** One round: a file or a table, damaged {@code times} times. */
    static Map<Verdict, Integer> round(Path folder, Path tables, long seed, int times) throws IOException, InterruptedException {
        Random random = new Random(seed);
        if (random.nextInt(3) > 0) {
            return new FileFuzz(folder, random).run(random, times, "seed " + seed);
        }
        String table = TABLES.get(random.nextInt(TABLES.size()));
        return new TableFuzz(tables.resolve(table).resolve("table"), folder.resolve(table + "-" + seed)).run(random, times / 2, "seed " + seed);
    }

    /** Prints how it went every hundred rounds; ends with an error at the first that is not as it must be. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.currentTimeMillis() * 1000;
        Path tables = Path.of(Fuzz.class.getResource("/tables").toURI());
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        int bad = 0;
        for (int i = 0; i < rounds; i++) {
            Path folder = Files.createTempDirectory("fuzz");
            try {
                round(folder, tables, seed + i, 40).forEach((verdict, count) -> verdicts.merge(verdict, count, Integer::sum));
            } catch (AssertionError e) {
                bad++;
                e.printStackTrace(System.out);
            } finally {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            if (i % 100 == 99 || i == rounds - 1) {
                System.out.println("seeds " + seed + " to " + (seed + i) + ": " + verdicts + ", not as it must be " + bad);
            }
        }
        System.exit(bad > 0 ? 1 : 0);
    }
}
