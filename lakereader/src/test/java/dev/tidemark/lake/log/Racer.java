package dev.tidemark.lake.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that publishes as many versions as it can, told to start by a line on its standard input. */
final class Racer {

    private Racer() {
    }

    /** Arguments: the table's folder, the racer's name, the number of versions. Prints each version it won. */
    public static void main(String[] arguments) throws IOException {
        CommitLog log = CommitLog.of(Place.local(Path.of(arguments[0])));
        System.out.println("ready");
        if (System.in.read() < 0) {
            return;
        }
        for (int version = 0; version < Integer.parseInt(arguments[2]); version++) {
            if (log.publish(version, List.of(PublishTest.line(arguments[1])), false)) {
                System.out.println(version);
            }
        }
    }
}
