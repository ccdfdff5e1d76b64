package dev.tidemark.stream.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A folder into which files are dropped ({@code files:DIR}): CSV with a header, JSON lines, or JSON arrays and objects, plain or gzip, told
 * apart by their extensions; sub-folders too. A file is a partition, its path relative to the folder the partition's id. Those there at
 * the start come first, others as they appear.
 *
 * <p>A file is taken once it has rested for two seconds, so a half-written one never is. Names that begin with {@code .} or {@code _},
 * or end as unfinished downloads do ({@code .tmp}, {@code .part}, …), are not looked at, nor are empty files. Each file is read once: its
 * content must not change afterwards. If a file cannot be read to its end, the partition stays unfinished and the file is read on when it is replaced.
 *
 * <p>The records of a file are numbered from 0; header and blank lines do not count. A malformed record is a record.
 */
public final class FileDrop implements EventSource {

    /** So many files are kept open at most; others are opened again when it is their turn. */
    private static final int MOST_OPEN = 256;

    private final String name;
    private final Path root;
    private final Folder folder;

    /** What the last look found; written by whoever looked. */
    private volatile Folder.Look latest;
    private Folder.Look taken;
    private FolderWatch watch;

    private Map<String, Long> positions = Map.of();
    private final Map<String, DropFile> files = new TreeMap<>();
    /** Files read to their end: as they were then, and those already said to have changed since. */
    private final Map<String, Folder.Entry> done = new TreeMap<>();
    private final Set<String> toldChanged = new HashSet<>();
    private final Set<DropFile> open = new LinkedHashSet<>();
    private final Set<DropFile> reported = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param dir   the folder; as it is given here, it makes the source's {@linkplain #name() name}
     * @param clock tells how long a file has rested
     */
    public FileDrop(Path dir, InstantSource clock) {
        String given = dir.normalize().toString().replace('\\', '/');
        this.name = "files:" + (given.isEmpty() ? "." : given);
        this.root = dir;
        this.folder = new Folder(dir, clock);
    }

    /**
     * {@code files:} and the folder as it was given, without needless parts. So the same folder given in another way (relative instead of
     * absolute, say) is another source, whose files are read anew.
     */
    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(Map<String, Long> positions, Runnable arrived) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException("Cannot use source " + name + ": " + (Files.exists(root) ? "it is a file" : "there is no such folder")
                    + " (expected a folder, actual " + root.toAbsolutePath().normalize() + "); create it or name another");
        }
        this.positions = Map.copyOf(positions);
        try {
            look();
        } catch (AccessDeniedException e) {
            throw new IOException("Cannot use source " + name + ": no permission to list it; grant it to the user who runs this", e);
        }
        watch = new FolderWatch(this, arrived);
        watch.start();
    }

    /** Looks at the folder now. Any thread. Whether something changed since the last look, and whether files are being written. */
    Folder.Look look() throws IOException {
        Folder.Look look = folder.look();
        synchronized (problems) {
            problems.addAll(look.problems());
        }
        latest = look;
        return look;
    }

    @Override
    public List<SourcePartition> partitions() {
        take();
        List<SourcePartition> partitions = new ArrayList<>(files.size());
        for (Iterator<DropFile> i = files.values().iterator(); i.hasNext(); ) {
            DropFile file = i.next();
            if (file.finished() && !reported.add(file)) {
                done.put(file.id(), file.entry());
                reported.remove(file);
                open.remove(file);
                i.remove();
            } else {
                partitions.add(file);
            }
        }
        return partitions;
    }

    @Override
    public boolean drained() {
        take();
        return latest.writing().isEmpty() && files.values().stream().allMatch(file -> file.finished() || file.faulty());
    }

    @Override
    public List<String> problems() {
        synchronized (problems) {
            List<String> now = List.copyOf(problems);
            problems.clear();
            return now;
        }
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        open.forEach(DropFile::rest);
        open.clear();
    }

    /** Takes over what the last look found. */
    private void take() {
        Folder.Look look = latest;
        if (look == taken) {
            return;
        }
        taken = look;
        for (Folder.Entry entry : look.resting().values()) {
            DropFile file = files.get(entry.name());
            if (file != null && !file.finished()) {
                if (!file.entry().sameContent(entry)) {
                    file.replacedBy(entry);
                }
            } else if (file != null || done.containsKey(entry.name())) {
                Folder.Entry read = file != null ? file.entry() : done.get(entry.name());
                if (!read.sameContent(entry) && toldChanged.add(entry.name())) {
                    problem("Cannot read " + entry.name() + " again: it was read to its end already (expected it to stay as it was,"
                            + " actual size " + entry.size() + " bytes instead of " + read.size() + "); give new content a new name");
                }
            } else if (positions.getOrDefault(entry.name(), -1L) == SourcePartition.END) {
                done.put(entry.name(), entry);
            } else {
                files.put(entry.name(), file(entry));
            }
        }
        for (Folder.Entry entry : look.writing().values()) {
            boolean known = files.containsKey(entry.name()) || done.containsKey(entry.name());
            if (!known && positions.getOrDefault(entry.name(), -1L) != SourcePartition.END) {
                // It has a place among the partitions before it can be read: what it holds is not late because others were there first.
                files.put(entry.name(), file(entry));
            }
        }
        for (DropFile file : files.values()) {
            if (!file.finished()) {
                boolean written = look.writing().containsKey(file.id());
                file.written(written);
                if (!written && !look.resting().containsKey(file.id())) {
                    file.vanished();
                }
            }
        }
    }

    private DropFile file(Folder.Entry entry) {
        return new DropFile(entry, positions.getOrDefault(entry.name(), -1L), this::problem, this::opened);
    }

    /** Called by a file that was polled: keeps the number of open files bounded. */
    private void opened(DropFile file) {
        open.remove(file);
        if (file.isOpen()) {
            open.add(file);
            if (open.size() > MOST_OPEN) {
                Iterator<DropFile> eldest = open.iterator();
                eldest.next().rest();
                eldest.remove();
            }
        }
    }

    private void problem(String problem) {
        synchronized (problems) {
            problems.add(problem);
        }
    }
}
