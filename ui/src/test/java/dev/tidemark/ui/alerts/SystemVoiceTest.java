package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.Clip;
import javax.sound.sampled.LineUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SystemVoiceTest {

    private static final int PATIENCE_SECONDS = 90;

    @ParameterizedTest
    @EnumSource
    void what_is_heard_is_sound_as_java_reads_and_writes_it(Severity severity) throws Exception {
        byte[] wave = SystemVoice.wave(severity);
        long frames = wave.length / SystemVoice.FORMAT.getFrameSize();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        AudioSystem.write(new AudioInputStream(new ByteArrayInputStream(wave), SystemVoice.FORMAT, frames), AudioFileFormat.Type.WAVE, file);
        try (AudioInputStream read = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file.toByteArray()))) {
            assertThat(read.getFormat().matches(SystemVoice.FORMAT)).isTrue();
            assertThat(read.getFrameLength()).isEqualTo(frames);
            assertThat(read.readAllBytes()).isEqualTo(wave);
        }
    }

    @Test
    void it_is_loud_enough_to_be_heard_and_begins_and_ends_without_a_crack() {
        ShortBuffer samples = ByteBuffer.wrap(SystemVoice.wave(Severity.LOW)).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        int loudest = 0;
        for (int i = 0; i < samples.limit(); i++) {
            loudest = Math.max(loudest, Math.abs(samples.get(i)));
        }
        assertThat(loudest).isBetween(8_000, 30_000);
        assertThat((int) samples.get(0)).isZero();
        assertThat(Math.abs(samples.get(samples.limit() - 1))).isLessThan(200);
    }

    @Test
    void a_computer_without_sound_is_told_of_once_and_asked_again_each_time() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        Semaphore asked = new Semaphore(0);
        SystemVoice voice = new SystemVoice((format, wave) -> {
            asked.release();
            throw new IllegalArgumentException("No line matching interface Clip is supported");
        }, told::add);
        voice.sound(Severity.HIGH);
        assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).contains("Cannot sound alerts on this computer: No line matching");
        assertThat(asked.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 2; i++) {
            // What sounds is let go of a moment after it was told.
            do {
                voice.sound(Severity.HIGH);
            } while (!asked.tryAcquire(1, TimeUnit.MILLISECONDS));
        }
        assertThat(List.copyOf(told)).isEmpty();
    }

    @Test
    void why_nothing_is_heard_is_known_without_a_sound_and_forgotten_when_there_is_a_device() throws Exception {
        AtomicReference<Exception> refusal = new AtomicReference<>(new IllegalArgumentException("No line matching interface Clip is supported"));
        BlockingQueue<Integer> played = new LinkedBlockingQueue<>();
        SystemVoice voice = new SystemVoice((format, wave) -> {
            played.add(wave.length);
            if (refusal.get() != null) {
                throw refusal.get();
            }
        }, told -> { });
        assertThat(voice.silent()).isEmpty();
        voice.look();
        endOfBells();
        assertThat(voice.silent()).contains("it has no device for sound");
        refusal.set(new LineUnavailableException("busy"));
        voice.look();
        endOfBells();
        assertThat(voice.silent()).contains("its device for sound is in use, or refuses");
        refusal.set(null);
        voice.look();
        endOfBells();
        assertThat(voice.silent()).isEmpty();
        assertThat(played).containsExactly(0, 0, 0);
    }

    @Test
    void a_device_that_refuses_is_let_go_of() {
        List<String> asked = new CopyOnWriteArrayList<>();
        Clip refusing = (Clip) Proxy.newProxyInstance(Clip.class.getClassLoader(), new Class<?>[] {Clip.class}, (clip, method, arguments) -> {
            asked.add(method.getName());
            if (method.getName().equals("open")) {
                throw new LineUnavailableException("line with format PCM_SIGNED 22050.0 Hz not supported");
            }
            return null;
        });
        assertThatThrownBy(() -> SystemVoice.play(() -> refusing, SystemVoice.FORMAT, SystemVoice.wave(Severity.LOW))).isInstanceOf(LineUnavailableException.class);
        assertThat(asked).containsExactly("addLineListener", "open", "close");
    }

    @Test
    void a_device_that_hangs_holds_one_thread_only() throws Exception {
        Semaphore began = new Semaphore(0);
        CountDownLatch free = new CountDownLatch(1);
        SystemVoice voice = new SystemVoice((format, wave) -> {
            began.release();
            free.await();
        }, told -> { });
        voice.sound(Severity.HIGH);
        assertThat(began.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        voice.sound(Severity.CRITICAL);
        voice.sound(Severity.CRITICAL);
        free.countDown();
        endOfBells();
        assertThat(began.availablePermits()).isZero();
    }

    @Test
    void this_computer_is_asked_for_its_device_without_a_failure_that_anybody_sees() throws Exception {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        BlockingQueue<Throwable> failed = new LinkedBlockingQueue<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> failed.add(problem));
        try {
            new SystemVoice().sound(Severity.LOW);
            endOfBells();
            assertThat(failed).isEmpty();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    /** Until nothing sounds any more. */
    private static void endOfBells() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("tidemark-bell")) {
                thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }
}
