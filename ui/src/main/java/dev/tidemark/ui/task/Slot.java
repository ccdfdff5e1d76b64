package dev.tidemark.ui.task;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * One place on screen that waits for an answer. A new request cancels the one before it, whose answer is then never
 * delivered: the newest wins. All methods and properties belong to the thread that owns the screen; only the body of a
 * request runs elsewhere.
 */
public final class Slot {

    private static final Logger LOG = LoggerFactory.getLogger(Slot.class);

    /** Work that can tell how far it is. An interrupt asks it to end. */
    public interface Body<T> {
        T run(Progress progress) throws Exception;
    }

    /** Hears how far work is; may be called from any thread. */
    public interface Progress {
        /** {@code fraction} from 0 to 1, or negative while it is not known. */
        void reached(double fraction);
    }

    private final Tasks tasks;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
    private Future<?> running;
    private long request;

    public Slot(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Whether a request is being worked on. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** From 0 to 1, negative while it is not known. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /**
     * Asks for something in place of what was asked before.
     *
     * @param answer  gets what the body returns
     * @param failure gets what the body throws, unless it was cancelled
     */
    public <T> void ask(Body<T> body, Consumer<? super T> answer, Consumer<? super Throwable> failure) {
        cancel();
        long mine = ++request;
        busy.set(true);
        progress.set(-1);
        running = tasks.start(() -> {
            try {
                T result = body.run(fraction -> deliver(mine, () -> progress.set(fraction)));
                deliver(mine, () -> {
                    busy.set(false);
                    answer.accept(result);
                });
            } catch (CancellationException | InterruptedException ended) {
                deliver(mine, () -> busy.set(false));
            } catch (Throwable problem) {
                LOG.debug("A request failed", problem);
                deliver(mine, () -> {
                    busy.set(false);
                    failure.accept(problem);
                });
            } finally {
                Thread.interrupted();
            }
        });
    }

    /** Ends what runs, if anything; nothing of it is delivered any more. */
    public void cancel() {
        request++;
        if (running != null) {
            running.cancel(true);
            running = null;
        }
        busy.set(false);
    }

    private void deliver(long mine, Runnable body) {
        tasks.onScreen(() -> {
            if (mine == request) {
                body.run();
            }
        });
    }
}
