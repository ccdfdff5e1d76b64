package dev.tidemark.ui.soak;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Hears of everything that no program should do: exceptions that nobody caught, on whatever thread, and what is logged as an error. */
final class Faults implements AutoCloseable {

    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final java.util.logging.Logger javaRoot = java.util.logging.Logger.getLogger("");
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                found.add("logged by " + event.getLoggerName() + ": " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null ? "" : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy())));
            }
        }
    };
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord told) {
            // The toolkit warns where it has caught what it should not have met.
            if (told.getThrown() != null || told.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue()) {
                found.add("logged by " + told.getLoggerName() + ": " + told.getMessage() + (told.getThrown() == null ? "" : "\n" + stack(told.getThrown())));
            }
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };

    /** Listens from now on. */
    Faults() {
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> found.add("uncaught on " + thread.getName() + ": " + stack(problem)));
        appender.start();
        root.addAppender(appender);
        javaRoot.addHandler(handler);
    }

    /** What was found since this was last asked, in order. */
    String next() {
        return found.poll();
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        javaRoot.removeHandler(handler);
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    private static String stack(Throwable problem) {
        StringWriter text = new StringWriter();
        problem.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
