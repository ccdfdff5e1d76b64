package dev.tidemark.ui.chart;

import java.nio.IntBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/** Pixels that are painted into on one thread and then shown by the FX thread without a copy. */
final class Surface {

    final int[] pixels;
    final int width;
    final int height;
    final WritableImage image;
    private final PixelBuffer<IntBuffer> buffer;
    /** What the pixels show; handed over together with them. */
    Frame frame;

    Surface(int width, int height) {
        this.width = width;
        this.height = height;
        pixels = new int[width * height];
        buffer = new PixelBuffer<>(width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
        image = new WritableImage(buffer);
    }

    /**
     * The surfaces of one chart. Three are enough: one on the screen, one that the renderer may still be reading, one being
     * painted.
     */
    static final class Swap {

        private final ConcurrentLinkedQueue<Surface> free = new ConcurrentLinkedQueue<>();
        private final AtomicReference<Surface> ready = new AtomicReference<>();
        private Surface shown;
        private Surface before;

        /** A surface to paint on; painting thread. A picture that nobody has shown yet gives its surface up. */
        Surface take(int width, int height) {
            for (Surface s = free.poll(); s != null; s = free.poll()) {
                if (s.width == width && s.height == height) {
                    return s;
                }
            }
            Surface late = ready.getAndSet(null);
            return late != null && late.width == width && late.height == height ? late : new Surface(width, height);
        }

        /** Offers a painted surface; painting thread. Returns whether the FX thread has to be told. */
        boolean offer(Surface painted) {
            Surface late = ready.getAndSet(painted);
            if (late != null) {
                free.add(late);
            }
            return late == null;
        }

        /** The newest picture, now on the screen; FX thread. Null if there is none. */
        Surface show() {
            Surface next = ready.getAndSet(null);
            if (next != null) {
                next.buffer.updateBuffer(b -> null);
                if (before != null) {
                    free.add(before);
                }
                before = shown;
                shown = next;
            }
            return next;
        }
    }
}
