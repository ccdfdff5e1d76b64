package dev.tidemark.lake.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The figures of the reader, each beside its peers in the same run. Arguments: which of {@code scan open tail hour} (all), or {@code profile}.
 * <pre>
 * mvn -q -Pbench -DskipTests package
 * java -Xmx2g -cp "lakereader/target/test-classes:lakereader/target/tidemark-lake/lib/*:lakereader/target/bench/*" dev.tidemark.lake.bench.Figures
 * </pre>
 */
public final class Figures {

    private Figures() {
    }

    /** Prints tables. */
    public static void main(String[] arguments) throws Exception {
        List<String> wanted = arguments.length == 0 ? List.of("scan", "open", "tail", "hour") : List.of(arguments);
        Path folder = Files.createTempDirectory("lake-figures");
        try {
            for (String what : wanted) {
                switch (what) {
                    case "scan" -> new ScanFigures(folder).run(4);
                    case "open" -> OpenFigures.open(folder.resolve("open"));
                    case "tail" -> OpenFigures.tail(Files.createDirectory(folder.resolve("tail")));
                    case "hour" -> OpenFigures.hour(folder.resolve("hour"));
                    case "profile" -> new ScanFigures(folder).profile(20);
                    default -> throw new IllegalArgumentException(what);
                }
            }
        } finally {
            GoldTable.delete(folder);
        }
    }
}
