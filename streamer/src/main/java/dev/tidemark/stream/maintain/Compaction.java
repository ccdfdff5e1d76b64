package dev.tidemark.stream.maintain;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.table.FileRewriter;
import dev.tidemark.stream.table.LiveFile;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Compaction of one table, beside whoever writes it. Used by one thread. */
public final class Compaction implements AutoCloseable {

    private final FileRewriter rewriter;
    private final CompactionRule rule;
    private final InstantSource clock;

    private Compaction(FileRewriter rewriter, CompactionRule rule, InstantSource clock) {
        this.rewriter = rewriter;
        this.rule = rule;
        this.clock = clock;
    }

    /**
     * Opens a table.
     *
     * @param durable whether files and commits are forced to the disk
     * @param stopped whether to give up what is being rewritten
     * @throws dev.tidemark.lake.LakeException if there is no such table, or it cannot be compacted
     */
    public static Compaction open(Lake lake, String path, CompactionRule rule, boolean durable, InstantSource clock, BooleanSupplier stopped) {
        return new Compaction(FileRewriter.open(lake, path, durable, clock, stopped), rule, clock);
    }

    /** What is due by the rule, as of now; nothing if the table's properties do not want it. */
    public List<List<LiveFile>> due() {
        Collection<LiveFile> files = rewriter.files();
        return CompactionRule.isWelcome(rewriter.properties()) ? rule.of(rewriter.properties()).due(files, clock.instant()) : List.of();
    }

    /** All that can be brought together, as of now. */
    public List<List<LiveFile>> all() {
        Collection<LiveFile> files = rewriter.files();
        return rule.of(rewriter.properties()).all(files);
    }

    /** The same of some files only, by their paths as the log has them. */
    public List<List<LiveFile>> all(Set<String> among) {
        List<LiveFile> files = rewriter.files().stream().filter(file -> among.contains(file.path())).toList();
        return rule.of(rewriter.properties()).all(files);
    }

    /** The files that the table holds now. */
    public List<LiveFile> files() {
        return new ArrayList<>(rewriter.files());
    }

    /**
     * Rewrites files of one partition as one.
     *
     * @param files   one of what {@link #due} or {@link #all} gave
     * @param unasked whether nobody has asked for it, for the table's history
     * @return empty if somebody else was faster with one of the files: look again
     * @throws dev.tidemark.lake.LakeException             if a file cannot be read, or nothing can be written
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public Optional<FileRewriter.Rewritten> rewrite(List<LiveFile> files, boolean unasked) {
        return rewriter.rewrite(files, Map.of("predicate", "[]", "zOrderBy", "[]", "auto", Boolean.toString(unasked)));
    }

    @Override
    public void close() {
        rewriter.close();
    }
}
