package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Consumer;

/**
 * Reads a part of the range anew, in finer steps, while the operator looks closely at an answer that had too many points to hold each. What was shown stays until then, and comes back when the operator
 * looks at more of it. Belongs to the thread that owns the screen.
 */
final class Closeup {

    private static final Logger LOG = LoggerFactory.getLogger(Closeup.class);

    /** How a stretch of what an answer is about is read. */
    interface Reading {
        Slot.Body<Frame> of(Frame whole, TimeRange stretch);
    }

    /** A quarter of the range is worth finer steps, and so is a quarter of what was read more finely. */
    private static final int WORTH = 4;

    private final Slot slot;
    private final Reading reading;
    private final Consumer<Frame> shown;
    private Frame whole;
    /** What is read more finely or being read; null while nothing is. */
    private TimeRange part;

    /** @param shown gets frames that are about the same as the answer, with other lines */
    Closeup(Tasks tasks, Reading reading, Consumer<Frame> shown) {
        this.slot = new Slot(tasks);
        this.reading = reading;
        this.shown = shown;
    }

    /** For its progress. */
    Slot slot() {
        return slot;
    }

    /** Another answer came; null for none. */
    void answered(Frame frame) {
        slot.cancel();
        whole = frame;
        part = null;
    }

    /** The operator looks at another stretch. */
    void look(TimeRange view) {
        if (whole == null || whole.step() == 0) {
            return;
        }
        boolean inside = part != null && view.from() >= part.from() && view.to() <= part.to();
        if (view.span() > whole.asked().range().span() / WORTH || part != null && !inside) {
            if (part != null) {
                slot.cancel();
                part = null;
                shown.accept(whole);
            }
        }
        if (view.span() > whole.asked().range().span() / WORTH || part != null && view.span() * WORTH >= part.span() / 2) {
            return;
        }
        // Half as much on either side, so that the next step aside is there already.
        TimeRange wanted = TimeRange.near(view.from() - view.span() / 2.0, view.to() + view.span() / 2.0);
        Frame of = whole;
        part = wanted;
        slot.ask(reading.of(of, wanted), fine -> shown.accept(of.with(fine.lines(), fine.step())),
                problem -> LOG.info("Cannot look closer at version {}: {}", of.version(), problem.getMessage()));
    }
}
