package dev.tidemark.lake.cli;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Says warnings and errors of the libraries on standard error, a line each, without stack traces: what a person at the
 * command line should know. Public because slf4j makes it by name.
 */
public final class Warnings implements SLF4JServiceProvider {

    /** Says at every start that it has no native library, which is no news. */
    private static final String NO_NEWS = "org.apache.hadoop.util.NativeCodeLoader";
    /** What they say is told in our words. */
    private static final List<String> TOLD_ELSEWHERE = List.of("org.apache.hadoop.fs.azurebfs", "com.azure", "com.microsoft");

    private static final int OFF = Integer.MAX_VALUE;

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** For slf4j. */
    public Warnings() {
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> new Line(name, TOLD_ELSEWHERE.stream().anyMatch(name::startsWith) ? OFF : (name.equals(NO_NEWS) ? Level.ERROR : Level.WARN).toInt());
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // There is nothing to set up.
    }

    private static final class Line extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;
        private static final PrintStream ERR = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

        private final int least;

        private Line(String name, int least) {
            this.name = name;
            this.least = least;
        }

        private boolean enabled(Level level) {
            return level.toInt() >= least;
        }

        @Override public boolean isTraceEnabled() { return enabled(Level.TRACE); }
        @Override public boolean isDebugEnabled() { return enabled(Level.DEBUG); }
        @Override public boolean isInfoEnabled() { return enabled(Level.INFO); }
        @Override public boolean isWarnEnabled() { return enabled(Level.WARN); }
        @Override public boolean isErrorEnabled() { return enabled(Level.ERROR); }

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(Level level, Marker marker, String message, Object[] arguments, Throwable failure) {
            ERR.println("tidemark-lake: " + level + " " + MessageFormatter.basicArrayFormat(message, arguments));
        }
    }
}
