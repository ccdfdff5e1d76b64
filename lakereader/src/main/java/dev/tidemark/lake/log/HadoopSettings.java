package dev.tidemark.lake.log;

import dev.tidemark.lake.azure.AzureFiles;
import org.apache.hadoop.conf.Configuration;

/** How Hadoop's classes are set up for a place. */
public final class HadoopSettings {

    private HadoopSettings() {
    }

    /** New settings for reading and writing at a place; the caller's to change. */
    public static Configuration of(Place place) {
        if (!place.isLocal()) {
            Configuration settings = new Configuration();
            AzureFiles.register(settings);
            return settings;
        }
        // Hadoop's defaults are a file of 1,700 settings that takes longer to read than a small table: nothing local needs them.
        Configuration settings = new Configuration(false);
        settings.set("fs.file.impl", LocalFiles.class.getName());
        settings.set("fs.defaultFS", "file:///");
        return settings;
    }
}
