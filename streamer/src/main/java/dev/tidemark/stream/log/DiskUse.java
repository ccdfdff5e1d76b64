package dev.tidemark.stream.log;

import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What the folder of a table on this machine holds; folders of no interest to the table (their names begin with an underscore or a dot) and of other tables below it are left out. Costs a
 * look at every file, some microseconds each; none is opened. Immutable.
 *
 * @param files    data files, of whatever version or of none
 * @param bytes    of these
 * @param logFiles commits, checkpoints, and what else lies beside them
 * @param logBytes of these
 */
public record DiskUse(long files, long bytes, long logFiles, long logBytes) {

    /**
     * Looks at a table's folder. What vanishes meanwhile is not counted.
     *
     * @throws IOException if the folder cannot be listed
     */
    public static DiskUse of(Place table) throws IOException {
        Path root = table.path();
        Path log = root.resolve(CommitLog.FOLDER);
        long[] data = new long[2];
        long[] ofLog = new long[2];
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean other = !folder.equals(root) && !folder.equals(log) && (name.startsWith("_") || name.startsWith(".") || Files.exists(folder.resolve(CommitLog.FOLDER)));
                return other ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                long[] counted = file.startsWith(log) ? ofLog : data;
                counted[0]++;
                counted[1] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(root)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new DiskUse(data[0], data[1], ofLog[0], ofLog[1]);
    }
}
