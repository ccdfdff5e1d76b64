package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.Clip;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Sound and notices of this computer, as far as it has them: {@code notify-send}, or macOS's own, and a device for sound. Thread-safe. */
public final class SystemVoice implements Bell.Voice {

    private static final Logger LOG = LoggerFactory.getLogger(SystemVoice.class);
    private static final boolean MAC = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    private static final int RATE = 22_050;
    private static final int TONE = RATE / 10;

    @Override
    public void notice(String title, String text) {
        // What begins with a dash is no option of it.
        List<String> command = MAC ? List.of("osascript", "-e", "on run argv", "-e", "display notification (item 2 of argv) with title (item 1 of argv)", "-e", "end run", title, text)
                : List.of("notify-send", "--app-name=Tidemark", "--", title, text);
        aside(() -> {
            try {
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            } catch (IOException notThere) {
                LOG.debug("No notices of the system: {}", notThere.getMessage());
            }
        });
    }

    @Override
    public void sound(Severity worst) {
        aside(() -> {
            byte[] wave = wave(worst);
            try (Clip clip = AudioSystem.getClip()) {
                clip.open(new AudioFormat(RATE, 8, 1, true, false), wave, 0, wave.length);
                clip.start();
                clip.drain();
            } catch (Exception | LinkageError silent) {
                LOG.debug("No sound: {}", silent.toString());
            }
        });
    }

    /** Soft tones of a tenth of a second that rise: one for what is low, two, and three, twice, for what is critical. */
    static byte[] wave(Severity worst) {
        double[] tones = switch (worst) {
            case LOW -> new double[] {660};
            case MEDIUM -> new double[] {660, 880};
            case HIGH -> new double[] {660, 880, 990};
            case CRITICAL -> new double[] {660, 880, 1175, 660, 880, 1175};
        };
        byte[] wave = new byte[TONE * tones.length];
        for (int i = 0; i < wave.length; i++) {
            int into = i % TONE;
            double fade = Math.min(1, Math.min(into, TONE - into) / 400.0);
            wave[i] = (byte) Math.round(50 * fade * Math.sin(2 * Math.PI * tones[i / TONE] * i / RATE));
        }
        return wave;
    }

    private static void aside(Runnable body) {
        Thread thread = new Thread(body, "tidemark-bell");
        thread.setDaemon(true);
        thread.start();
    }
}
