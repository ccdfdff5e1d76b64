package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.text.Messages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.Clip;
import javax.sound.sampled.LineEvent;
import javax.sound.sampled.LineUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Sound and notices of this computer, as far as it has them: {@code notify-send}, or macOS's own, and a device for sound. Where nothing can be heard
 * or seen it is told why ({@link #silent()}, {@link #unseen()}), and once in the log. Its methods return at once: what waits for a device does so
 * on a thread of its own. Thread-safe.
 */
public final class SystemVoice implements Bell.Voice {

    /** A device for sound. */
    interface Speaker {
        /** Plays to the end; nothing at all if there is nothing to play. Throws what says why it cannot. */
        void play(AudioFormat format, byte[] wave) throws Exception;
    }

    /** What every device takes: 16 bits, signed, one channel. */
    static final AudioFormat FORMAT = new AudioFormat(22_050, 16, 1, true, false);

    private static final Logger LOG = LoggerFactory.getLogger(SystemVoice.class);
    private static final boolean MAC = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    private static final int TONE = (int) FORMAT.getFrameRate() / 10;
    private static final int LOUD = 12_000;
    private static final int PATIENCE_SECONDS = 5;

    private final Speaker speaker;
    private final Consumer<String> log;
    private final AtomicBoolean sounding = new AtomicBoolean();
    private volatile String silent = "";
    private volatile String unseen = "";

    /** With the device that Java finds. */
    public SystemVoice() {
        this((format, wave) -> play(AudioSystem::getClip, format, wave), LOG::info);
    }

    SystemVoice(Speaker speaker, Consumer<String> log) {
        this.speaker = speaker;
        this.log = log;
    }

    @Override
    public void notice(String title, String text) {
        // What begins with a dash is no option of it.
        List<String> command = MAC ? List.of("osascript", "-e", "on run argv", "-e", "display notification (item 2 of argv) with title (item 1 of argv)", "-e", "end run", title, text)
                : List.of("notify-send", "--app-name=Tidemark", "--", title, text);
        aside(() -> {
            try {
                Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                unseen = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() != 0 ? Messages.text("alerts.bell.refused") : "";
            } catch (IOException notThere) {
                LOG.debug("No notices of the system: {}", notThere.getMessage());
                unseen = Messages.text("alerts.bell.nonotice");
            } catch (InterruptedException ends) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void look() {
        sound(new byte[0]);
    }

    @Override
    public void sound(Severity worst) {
        sound(wave(worst));
    }

    private void sound(byte[] wave) {
        // One at a time: a device that hangs holds one thread, not one for each alert.
        if (sounding.compareAndSet(false, true)) {
            aside(() -> {
                try {
                    speaker.play(FORMAT, wave);
                    silent = "";
                } catch (Exception | LinkageError cannot) {
                    if (silent.isEmpty()) {
                        log.accept("Cannot sound alerts on this computer: " + cannot.getMessage() + ". Notices are shown all the same");
                    }
                    silent = reason(cannot);
                } finally {
                    sounding.set(false);
                }
            });
        }
    }

    @Override
    public Optional<String> silent() {
        return Optional.of(silent).filter(why -> !why.isEmpty());
    }

    @Override
    public Optional<String> unseen() {
        return Optional.of(unseen).filter(why -> !why.isEmpty());
    }

    private static String reason(Throwable cannot) {
        return Messages.text(cannot instanceof TimeoutException ? "alerts.bell.stuck" : cannot instanceof LineUnavailableException ? "alerts.bell.busy" : "alerts.bell.nodevice");
    }

    /** Plays to the end on what {@code device} finds. */
    static void play(Callable<Clip> device, AudioFormat format, byte[] wave) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (Clip clip = device.call()) {
            if (wave.length == 0) {
                return;
            }
            clip.addLineListener(event -> {
                if (event.getType() == LineEvent.Type.STOP) {
                    ended.countDown();
                }
            });
            clip.open(format, wave, 0, wave.length);
            clip.start();
            // A device that is taken away meanwhile does not come to the end.
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new TimeoutException("the device does not come to the end of what it plays");
            }
        }
    }

    /** Soft tones of a tenth of a second that rise: one for what is low, two, and three, twice, for what is critical. In {@link #FORMAT}. */
    static byte[] wave(Severity worst) {
        double[] tones = switch (worst) {
            case LOW -> new double[] {660};
            case MEDIUM -> new double[] {660, 880};
            case HIGH -> new double[] {660, 880, 990};
            case CRITICAL -> new double[] {660, 880, 1175, 660, 880, 1175};
        };
        ByteBuffer wave = ByteBuffer.allocate(TONE * tones.length * FORMAT.getFrameSize()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; wave.hasRemaining(); i++) {
            int into = i % TONE;
            double fade = Math.min(1, Math.min(into, TONE - into) / 400.0);
            wave.putShort((short) Math.round(LOUD * fade * Math.sin(2 * Math.PI * tones[i / TONE] * i / FORMAT.getFrameRate())));
        }
        return wave.array();
    }

    private static void aside(Runnable body) {
        Thread thread = new Thread(body, "tidemark-bell");
        thread.setDaemon(true);
        thread.start();
    }
}
