package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import dev.tidemark.lake.scan.Scan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** A table whose files are written anew, and what is asked of it before and after. */
abstract class RewrittenTable {

    static final Map<String, String> ASKED = Map.of("predicate", "[]", "zOrderBy", "[]", "auto", "false");

    @TempDir
    Path lake;
    WrittenTable written;

    @BeforeEach
    void names() {
        written = new WrittenTable(lake.resolve(Example.PATH));
    }

    FileRewriter rewriter() {
        return FileRewriter.open(Lake.at(lake.toString()), Example.PATH, false, Example.CLOCK, () -> false);
    }

    FileRewriter rewriter(UnaryOperator<TableFolder> folder) {
        CommitLog log = CommitLog.of(Place.local(lake).resolve(Example.PATH));
        return new FileRewriter(log, folder.apply(new LocalFolder(log)), true, Example.CLOCK, () -> false);
    }

    /** Files of one partition in the order of their rows. */
    static List<LiveFile> inOrder(FileRewriter rewriter) {
        return rewriter.files().stream().sorted(Comparator.comparingLong(LiveFile::modified).thenComparing(LiveFile::path)).toList();
    }

    /** Hands the test the moment between the new file and its commit. */
    static UnaryOperator<TableFolder> whenWritten(Runnable then) {
        return folder -> new ForwardingFolder(folder) {
            private boolean done;

            @Override
            public void sync(java.util.Collection<String> names) throws IOException {
                super.sync(names);
                if (!done) {
                    done = true;
                    then.run();
                }
            }
        };
    }

    List<Long> ids() {
        return written.rows().stream().map(row -> (Long) row.get("id")).sorted().toList();
    }

    static List<Long> upTo(long count) {
        return LongStream.range(0, count).boxed().toList();
    }

    void appendFiles(DeltaTable table, int files, int rows) {
        for (int i = 0; i < files; i++) {
            long first = (long) i * rows;
            table.append(Example.rows(table, LongStream.range(first, first + rows).toArray()), Map.of("hub/0", (long) i), Map.of());
        }
    }

    List<List<Object>> rows() {
        Batch all = Scan.of(Lake.at(lake.toString()).table(Example.PATH).snapshot()).readAll();
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < all.rows(); row++) {
            List<Object> values = new ArrayList<>();
            for (int column = 0; column < all.columns().size(); column++) {
                values.add(all.columns().get(column).value(row));
            }
            rows.add(values);
        }
        return rows;
    }
}
