package dev.tidemark.ui.task;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears whole, in place of what had its name, or not at all. Any thread, one at a time for a file. */
public final class WholeFile {

    /** What writes its bytes. */
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    private WholeFile() {
    }

    /** @throws IOException if it cannot be written; what was there before is still there then */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        // Not what Java makes for temporary files: that only its owner may read. Two desktops may keep the same settings.
        Path part = target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                content.write(out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The same with a text, in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
