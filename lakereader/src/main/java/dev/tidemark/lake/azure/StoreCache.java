package dev.tidemark.lake.azure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The cache that all storage accounts of this process share, as the settings have it. */
public final class StoreCache {

    private static final Logger LOG = LoggerFactory.getLogger(StoreCache.class);
    private static Optional<FileCache> shared;

    private StoreCache() {
    }

    /** Empty if nothing is to be kept. */
    static synchronized Optional<FileCache> shared() throws AzureException {
        if (shared == null) {
            AzureSettings settings = AzureSettings.read(System.getenv());
            long size = settings.cacheSize();
            shared = settings.cacheFolder().map(folder -> at(folder, size));
        }
        return shared;
    }

    /** Another folder and limit in bytes for the accounts that are opened from now on; a limit of 0 keeps nothing. */
    public static synchronized void use(Path folder, long limit) {
        shared = limit == 0 ? Optional.empty() : Optional.of(at(folder, limit));
    }

    private static FileCache at(Path folder, long limit) {
        return new FileCache(folder, limit, Clock.systemUTC(), sweep -> {
            Thread thread = new Thread(sweep, "cache sweep");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((t, e) -> LOG.debug("Cannot look through {}", folder, e));
            thread.start();
        });
    }
}
