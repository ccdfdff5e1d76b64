package dev.tidemark.lake.azure;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem;
import org.apache.hadoop.fs.azurebfs.SecureAzureBlobFileSystem;
import org.apache.hadoop.fs.azurebfs.constants.FSOperationType;
import org.apache.hadoop.fs.azurebfs.services.VersionedFileStatus;
import org.apache.hadoop.fs.azurebfs.utils.TracingContext;
import org.apache.hadoop.fs.azurebfs.utils.TracingHeaderFormat;
import org.apache.hadoop.fs.impl.OpenFileParameters;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * {@code abfss://} by Hadoop's driver, entered as {@link AzureAccounts} knows. What changes nothing is asked again when it fails in passing; files are read by
 * exact ranges, several at once, and from the disk where they are kept; what goes wrong is an {@link AzureException} or a FileNotFoundException. Thread-safe.
 * Public because Hadoop makes it by name.
 */
public final class AzureFiles extends FilterFileSystem {

    private static final int CONNECTIONS = 8;
    private static final String ANY = "*";
    private static final int CHECKPOINTS = 500;
    private static final Pattern CHECKPOINT = Pattern.compile("\\d{20}\\.checkpoint\\..*");

    private final Map<Path, FileStatus> checkpoints = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, FileStatus> eldest) {
            return size() > CHECKPOINTS;
        }
    });

    private AzurePlace root;
    private AzureAccounts.Login login;
    private Attempts attempts;
    private AzureFailure failure;
    private Configuration given;
    private FileCache cache;
    /** Read parts of files; they wait for nobody. */
    private ExecutorService readers;
    /** Read whole files, and may wait for readers. */
    private ExecutorService fetchers;

    /** For Hadoop. */
    public AzureFiles() {
        super(new SecureAzureBlobFileSystem());
    }

    /** Has Hadoop use this for Azure's URLs. */
    public static void register(Configuration settings) {
        for (String scheme : new String[] {"abfs", "abfss"}) {
            settings.set("fs." + scheme + ".impl", AzureFiles.class.getName());
        }
    }

    @Override
    public void initialize(URI name, Configuration settings) throws IOException {
        given = settings;
        try {
            root = AzurePlace.of("abfss://" + name.getAuthority());
        } catch (IllegalArgumentException e) {
            throw new AzureException(AzureException.Kind.MISUSED, e.getMessage(), e);
        }
        readers = pool("reader of " + root.account());
        fetchers = pool("fetcher of " + root.account());
        enter();
    }

    private static ExecutorService pool(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(CONNECTIONS, CONNECTIONS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Begins anew if the account is to be entered another way since. */
    private synchronized void enter() throws IOException {
        AzureAccounts.Login now = AzureAccounts.login(root.account());
        if (now == login) {
            return;
        }
        AzureBlobFileSystem driver = new SecureAzureBlobFileSystem();
        AzureFailure telling = new AzureFailure(root, now, new Internet(root, now.access()));
        try {
            driver.initialize(URI.create(root.root()), DriverSettings.of(given, root, now.access()));
        } catch (IOException e) {
            throw telling.explain(e);
        }
        fs = driver;
        login = now;
        cache = StoreCache.shared().orElse(null);
        checkpoints.clear();
        failure = telling;
        attempts = new Attempts(root.account(), now.tokens() == null ? null : now.tokens()::refused);
        setConf(driver.getConf());
        statistics = getStatistics("abfss", AzureFiles.class);
    }

    private AzureBlobFileSystem driver() {
        return (AzureBlobFileSystem) fs;
    }

    private <T> T ask(Attempts.Request<T> request) throws IOException {
        enter();
        try {
            return attempts.ask(request);
        } catch (IOException e) {
            throw failure.explain(e);
        }
    }

    /** For what may not be done twice. */
    private <T> T once(Attempts.Request<T> request) throws IOException {
        enter();
        try {
            return request.send();
        } catch (IOException e) {
            throw failure.explain(e);
        }
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        FileStatus known = checkpoints.get(makeQualified(path));
        return known != null ? known : remembered(ask(() -> fs.getFileStatus(path)))[0];
    }

    @Override
    public FileStatus[] listStatus(Path folder) throws IOException {
        FileStatus known = checkpoints.get(makeQualified(folder));
        return known != null ? new FileStatus[] {known} : remembered(ask(() -> fs.listStatus(folder)));
    }

    /** Keeps what is known of checkpoints, which never change: their readers ask for it again and again. */
    private FileStatus[] remembered(FileStatus... files) {
        for (FileStatus file : files) {
            if (CHECKPOINT.matcher(file.getPath().getName()).matches() && file instanceof VersionedFileStatus) {
                checkpoints.put(file.getPath(), file);
            }
        }
        return files;
    }

    /**
     * Lists the files of a folder from a name on, in the order of names, without asking for those before.
     *
     * @throws FileNotFoundException if there is no such folder
     */
    public FileStatus[] listFrom(Path folder, String name) throws IOException {
        return remembered(ask(() -> {
            TracingContext trace = new TracingContext("", "", FSOperationType.LISTSTATUS, TracingHeaderFormat.SINGLE_ID_FORMAT, null);
            try {
                return driver().getAbfsStore().listStatus(makeQualified(folder), name, trace);
            } catch (IOException e) {
                if (AzureFailure.status(e) == 404 && !AzureFailure.isContainer(e)) {
                    throw (FileNotFoundException) new FileNotFoundException(folder.toString()).initCause(e);
                }
                // Where to begin is told by a mark that the service does not promise to understand.
                if (AzureFailure.status(e) == 400) {
                    return fs.listStatus(folder);
                }
                throw e;
            }
        }));
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return open(getFileStatus(path));
    }

    /** Opens a file that was found before; no request is made until it is read. */
    private FSDataInputStream open(FileStatus file) throws IOException {
        if (file.isDirectory()) {
            throw new FileNotFoundException(file.getPath() + " is a folder");
        }
        return file instanceof VersionedFileStatus known ? stream(known.getPath(), known.getLen(), "etag " + known.getVersion().replace("\"", ""), known)
                : open(file.getPath(), file.getLen(), file.getModificationTime());
    }

    /**
     * Opens a file of which length and time are known from elsewhere, such as a table's log; no request is made until it is read.
     *
     * @param modified milliseconds since 1970; tells the file from another that had its name before
     */
    public FSDataInputStream open(Path path, long length, long modified) throws IOException {
        Path whole = makeQualified(path);
        VersionedFileStatus as = new VersionedFileStatus("", "", FsPermission.getFileDefault(), false, length, false, 1, 0, modified, whole, ANY, null);
        return stream(whole, length, "time " + modified, as);
    }

    private FSDataInputStream stream(Path path, long length, String mark, VersionedFileStatus file) throws IOException {
        enter();
        FileCache kept = path.getName().startsWith("_") ? null : cache;
        return new FSDataInputStream(new RemoteStream(new RemoteFile(path + "\n" + length + "\n" + mark, length, new Ranges(file), kept, readers)));
    }

    /**
     * Reads a whole small file of which nothing is known, in one request. Never from the cache.
     *
     * @param most bytes it can have at most; more are cut off
     * @throws FileNotFoundException if it is not there
     */
    public byte[] readSmall(Path path, int most) throws IOException {
        Path whole = makeQualified(path);
        VersionedFileStatus as = new VersionedFileStatus("", "", FsPermission.getFileDefault(), false, most, false, 1, 0, 0, whole, ANY, null);
        return ask(() -> {
            byte[] bytes = new byte[most];
            try (FSDataInputStream in = driverStream(as)) {
                return Arrays.copyOf(bytes, Math.max(0, in.read(0L, bytes, 0, most)));
            }
        });
    }

    /** Reads a whole file that was found before, on a thread of this; it fails with a FileNotFoundException if another file has its name since. */
    public Future<byte[]> fetch(FileStatus file) throws IOException {
        enter();
        return fetchers.submit(() -> {
            byte[] bytes = new byte[Math.toIntExact(file.getLen())];
            try (FSDataInputStream in = open(file)) {
                in.readFully(0, bytes);
            }
            return bytes;
        });
    }

    private FSDataInputStream driverStream(VersionedFileStatus file) throws IOException {
        try {
            return fs.openFile(file.getPath()).withFileStatus(file).opt("fs.azure.buffered.pread.disable", true).build().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while opening " + file.getPath());
        }
    }

    /** Asks for ranges of one file. */
    private final class Ranges implements RemoteFile.Source {
        private final VersionedFileStatus file;

        private Ranges(VersionedFileStatus file) {
            this.file = file;
        }

        @Override
        public void read(long position, byte[] into, int offset, int length) throws IOException {
            ask(() -> {
                try (FSDataInputStream in = driverStream(file)) {
                    in.readFully(position, into, offset, length);
                    return null;
                } catch (IOException e) {
                    if (e instanceof FileNotFoundException || AzureFailure.status(e) == 412) {
                        checkpoints.remove(file.getPath());
                    }
                    if (AzureFailure.status(e) == 412) {
                        throw (FileNotFoundException) new FileNotFoundException(file.getPath() + " is another file by now").initCause(e);
                    }
                    throw e;
                }
            });
        }
    }

    @Override
    public FutureDataInputStreamBuilder openFile(Path path) {
        return createDataInputStreamBuilder(this, path);
    }

    @Override
    protected CompletableFuture<FSDataInputStream> openFileWithOptions(Path path, OpenFileParameters parameters) throws IOException {
        FileStatus file = parameters.getStatus();
        return CompletableFuture.completedFuture(file == null ? open(path, 0) : open(file));
    }

    @Override
    public FSDataOutputStream create(Path path, FsPermission permission, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        return once(() -> fs.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return once(() -> fs.rename(from, to));
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) throws IOException {
        return ask(() -> fs.mkdirs(path, permission));
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        return ask(() -> fs.mkdirs(path));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return ask(() -> fs.delete(path, recursive));
    }

    @Override
    public String getScheme() {
        return "abfss";
    }

    @Override
    public void close() throws IOException {
        if (readers != null) {
            readers.shutdownNow();
            fetchers.shutdownNow();
        }
        super.close();
    }
}
