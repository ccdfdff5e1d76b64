package dev.tidemark.stream.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One file of a {@link FileDrop}. Between two polls it may be {@linkplain #rest() closed}; it goes on where it was. Not thread-safe.
 */
final class DropFile implements SourcePartition {

    private static final int GZIP_BUFFER = 64 << 10;

    private final String id;
    private final Consumer<String> problems;
    private final Consumer<DropFile> polled;
    private Folder.Entry entry;

    private RecordReader reader;
    /** How to read on at {@code offset} in the unpacked file; null as long as the start was not read. */
    private RecordReader.Framing framing;
    private long offset;
    private char separator;
    private Map<String, String> properties;

    /** The number of the next record in the file, of which those up to {@code position} were handed out already. */
    private long next;
    private long position;
    private boolean faulty;
    private boolean written;

    /**
     * @param position number of the last record that the lake holds; -1 if none
     * @param problems gets what is wrong with the file, for the user
     * @param polled   is told after every poll
     */
    DropFile(Folder.Entry entry, long position, Consumer<String> problems, Consumer<DropFile> polled) {
        this.id = entry.name();
        this.entry = entry;
        this.position = position;
        this.problems = problems;
        this.polled = polled;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean finished() {
        return position == END;
    }

    /** Whether it gives nothing more until it is replaced. */
    boolean faulty() {
        return faulty;
    }

    boolean isOpen() {
        return reader != null;
    }

    /** The file as it was when it was taken. */
    Folder.Entry entry() {
        return entry;
    }

    @Override
    public List<Message> poll(int max) {
        if (finished() || faulty || written) {
            return List.of();
        }
        List<Message> messages = new ArrayList<>();
        try {
            open();
            long cut = (position + 1) / max * max + max;
            while (next < cut) {
                byte[] body = reader.next();
                if (body == null) {
                    break;
                }
                position = next++;
                messages.add(new Message(position, entry.modified(), null, properties, body));
            }
            if (reader.atEnd()) {
                position = END;
                rest();
            }
        } catch (SteadyFile.Changed e) {
            written(true);
        } catch (IOException e) {
            fault(e);
        }
        polled.accept(this);
        return messages;
    }

    /** Frees the file until the next poll. */
    void rest() {
        if (reader != null) {
            offset = framing == null ? 0 : reader.offset();
            try {
                reader.close();
            } catch (IOException e) {
                // It was only read: nothing is lost.
            }
            reader = null;
        }
    }

    /** Tells whether someone writes it at the moment; then it is left alone. */
    void written(boolean written) {
        this.written = written;
        if (written) {
            rest();
        }
    }

    /** Goes on with the file as it is now, from its start, past the records handed out already. */
    void replacedBy(Folder.Entry now) {
        rest();
        entry = now;
        framing = null;
        offset = 0;
        faulty = false;
    }

    /** The file is gone. */
    void vanished() {
        rest();
        if (!faulty) {
            faulty = true;
            problems.accept("Cannot read the rest of " + id + ": the file vanished after record " + position
                    + " (expected it to stay until it is read); put it back under the same name");
        }
    }

    private void open() throws IOException {
        if (reader != null) {
            return;
        }
        InputStream in = stream();
        try {
            if (framing != null) {
                if (entry.packed()) {
                    in.skipNBytes(offset);
                }
                reader = new RecordReader(in, offset);
                reader.framing(framing);
                reader.separator(separator);
            } else {
                reader = new RecordReader(in, 0);
                begin();
            }
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private InputStream stream() throws IOException {
        if (entry.packed()) {
            InputStream raw = new SteadyFile(entry, 0);
            try {
                return new GZIPInputStream(raw, GZIP_BUFFER);
            } catch (IOException e) {
                raw.close();
                throw e;
            }
        }
        return new SteadyFile(entry, offset);
    }

    /** Reads what comes before the first record, and passes over those handed out already. */
    private void begin() throws IOException {
        reader.skipByteOrderMark();
        Map<String, String> common = new LinkedHashMap<>();
        switch (entry.format()) {
            case CSV -> {
                reader.framing(RecordReader.Framing.CSV);
                reader.separator((char) 0);
                byte[] line = reader.next();
                String header = line == null ? "" : Message.text(line, 0, line.length);
                separator = Csv.separator(header);
                reader.separator(separator);
                common.put(Message.CONTENT_TYPE, "text/csv");
                common.put(Message.CSV_HEADER, header);
            }
            case JSON_LINES -> {
                reader.framing(RecordReader.Framing.LINES);
                common.put(Message.CONTENT_TYPE, "application/json");
            }
            case JSON -> {
                reader.sniffJson();
                common.put(Message.CONTENT_TYPE, "application/json");
            }
        }
        common.put(Message.FILE, id);
        properties = Collections.unmodifiableMap(common);
        for (next = 0; next <= position; next++) {
            if (!reader.skip()) {
                throw new IOException("it holds " + next + " records now (expected more than the " + (position + 1)
                        + " that were read before); give new content a new name");
            }
        }
        framing = reader.framing();
    }

    private void fault(IOException e) {
        boolean started = position >= 0;
        rest();
        faulty = true;
        problems.accept("Cannot read " + (started ? "the rest of " : "") + id + ": " + reason(e));
    }

    private String reason(IOException e) {
        String where = position < 0 ? "before its first record" : "after record " + position;
        String replace = "; replace the file by a whole one of the same name, what was read of it is not read again";
        if (e instanceof EOFException) {
            return "gzip ends " + where + " (expected its end mark, actual size " + entry.size() + " bytes)" + replace;
        }
        if (e instanceof ZipException) {
            return "gzip is damaged " + where + " (" + e.getMessage() + ")" + replace;
        }
        if (e instanceof AccessDeniedException) {
            return "no permission to read it; grant it to the user who runs this, and touch the file";
        }
        if (e instanceof NoSuchFileException) {
            return "the file vanished " + where + "; put it back under the same name";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
