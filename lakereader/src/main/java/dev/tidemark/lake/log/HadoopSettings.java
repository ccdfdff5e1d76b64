package dev.tidemark.lake.log;

import dev.tidemark.lake.azure.AzureFiles;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

import java.io.IOException;

/** How Hadoop's classes are set up for a place. */
public final class HadoopSettings {

    /** Read once: they are a long file of defaults. */
    private static final class Remote {
        private static final Configuration SETTINGS = read();

        private static Configuration read() {
            Configuration settings = new Configuration();
            AzureFiles.register(settings);
            return settings;
        }
    }

    private HadoopSettings() {
    }

    /** The file system that a place of a store is on; everybody's, not to be closed. */
    public static FileSystem files(Place place) throws IOException {
        return FileSystem.get(place.hadoop().toUri(), Remote.SETTINGS);
    }

    /** New settings for reading and writing at a place; the caller's to change. */
    public static Configuration of(Place place) {
        if (!place.isLocal()) {
            return new Configuration(Remote.SETTINGS);
        }
        // Hadoop's defaults are a file of 1,700 settings that takes longer to read than a small table: nothing local needs them.
        Configuration settings = new Configuration(false);
        settings.set("fs.file.impl", LocalFiles.class.getName());
        settings.set("fs.defaultFS", "file:///");
        return settings;
    }
}
