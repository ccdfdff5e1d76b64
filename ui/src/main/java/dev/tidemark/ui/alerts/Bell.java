package dev.tidemark.ui.alerts;

import dev.tidemark.ui.text.Messages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.Clip;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Tells of new alerts outside the window: a short sound, and a notice of the system. Not more often than every five seconds: what came meanwhile
 * is seen on the list. Belongs to one thread.
 */
public final class Bell {

    private static final Logger LOG = LoggerFactory.getLogger(Bell.class);
    private static final Duration REST = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final BiConsumer<String, String> teller;
    private Instant rang = Instant.MIN;

    /** @param teller gets a title and a text; must return at once */
    Bell(InstantSource clock, BiConsumer<String, String> teller) {
        this.clock = clock;
        this.teller = teller;
    }

    /** The bell of this computer: {@code notify-send} where there is one, and a sound where there is a device for it. */
    public static Bell real(InstantSource clock) {
        return new Bell(clock, (title, text) -> {
            Thread thread = new Thread(() -> {
                notice(title, text);
                sound();
            }, "tidemark-bell");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Tells of these, unless it has just told of others. @return whether it did */
    public boolean ring(List<Alert> raised) {
        Instant now = clock.instant();
        if (raised.isEmpty() || rang != Instant.MIN && Duration.between(rang, now).compareTo(REST) < 0) {
            return false;
        }
        rang = now;
        Alert worst = raised.stream().max(Comparator.comparing(Alert::severity)).orElseThrow();
        String title = raised.size() == 1 ? Messages.text("alerts.bell.one", SeverityMark.name(worst.severity()))
                : Messages.text("alerts.bell", raised.size(), SeverityMark.name(worst.severity()));
        teller.accept(title, worst.message());
        return true;
    }

    private static void notice(String title, String text) {
        try {
            // What begins with a dash is no option of it.
            new ProcessBuilder("notify-send", "--app-name=Tidemark", "--", title, text).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException notThere) {
            LOG.debug("No notices of the system: {}", notThere.getMessage());
        }
    }

    /** Two soft tones, a fifth of a second. */
    private static void sound() {
        int rate = 22_050;
        byte[] wave = new byte[rate / 5];
        for (int i = 0; i < wave.length; i++) {
            double tone = i < wave.length / 2 ? 660 : 880;
            double fade = Math.min(1, Math.min(i, wave.length - i) / 400.0);
            wave[i] = (byte) Math.round(50 * fade * Math.sin(2 * Math.PI * tone * i / rate));
        }
        try (Clip clip = AudioSystem.getClip()) {
            clip.open(new AudioFormat(rate, 8, 1, true, false), wave, 0, wave.length);
            clip.start();
            clip.drain();
        } catch (Exception | LinkageError silent) {
            LOG.debug("No sound: {}", silent.toString());
        }
    }
}
