package dev.tidemark.ui.soak;

import javafx.application.Platform;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Something done on the FX thread, by a thread that waits for it. */
final class FxCall {

    private static final int PATIENCE_SECONDS = 120;

    private FxCall() {
    }

    /** @throws AssertionError if the FX thread does not answer */
    static <T> T of(Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Platform.runLater(task);
        try {
            return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("The FX thread has not answered for " + PATIENCE_SECONDS + " s:\n" + stacks());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the threads that make a picture are doing. */
    private static String stacks() {
        return Thread.getAllStackTraces().entrySet().stream().filter(each -> each.getKey().getName().matches("JavaFX.*|Quantum.*|tidemark.*|chart.*"))
                .map(each -> each.getKey().getName() + " " + each.getKey().getState() + "\n" + Arrays.stream(each.getValue()).map(line -> "    " + line).collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
    }

    static void run(Runnable body) {
        of(() -> {
            body.run();
            return null;
        });
    }
}
