package dev.tidemark.stream.chaos;

import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Messages of a made-up plant, each a function of its number: readings of some devices in the order of time, with duplicates, rejects, fields that come
 * later, and fields that change their type.
 */
final class Telemetry {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    /** The plant rests now and then, long enough to end sessions. */
    private static final int PAUSE_EVERY = 300;
    private static final long PAUSE_MILLIS = 120_000;

    private Telemetry() {
    }

    /** Where the device that sends a message is: all messages of a location go to one partition, so that their order, and with it every last digit, is the same for all. */
    static int hall(long number) {
        return (int) (number % 7 / 4);
    }

    /** The device that sends a message. */
    static String device(long number) {
        return "press-" + number % 7;
    }

    /** A reading of the same device that was sent a moment after a message, and comes when it comes. */
    static String late(long number) {
        return String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"timestamp\":\"%s\",\"temperature\":%d,\"location\":\"hall-%d\",\"status\":\"ok\",\"mode\":\"auto\"}", device(number),
                time(number).plusMillis(1), number % 50, hall(number));
    }

    private static Instant time(long number) {
        return START.plusMillis(number * 700 + number / PAUSE_EVERY * PAUSE_MILLIS);
    }

    /** The message's body. */
    static String body(long number) {
        SplittableRandom random = new SplittableRandom(number * 0x9E3779B97F4A7C15L);
        int kind = random.nextInt(40);
        if (kind == 0 && number > 7) {
            return body(number - 7);
        }
        if (kind == 1) {
            return "{\"deviceId\":\"" + device(number) + "\", torn";
        }
        // New fields come from one partition alone: which device was the first to send one must not depend on which partition was faster.
        String extra = kind < 8 && hall(number) == 0 ? String.format(Locale.ROOT, ",\"extra\":{\"v%d\":%.3f}", number / 400, random.nextDouble()) : "";
        String mode = number > 1_000 && kind == 9 && hall(number) == 0 ? ",\"mode\":3" : ",\"mode\":\"auto\"";
        // Stays above 100 for a while now and then: alerts are raised and cleared.
        double temperature = 80 + 30 * Math.sin(number / 300.0 + number % 7) + random.nextDouble();
        return String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"timestamp\":\"%s\",\"temperature\":%.3f,\"pressure\":%.2f,\"location\":\"hall-%d\",\"status\":\"%s\"%s%s}",
                device(number), time(number), temperature, 5 + random.nextDouble(), hall(number),
                number / 500 % 9 == 4 && number % 7 == 2 ? "error" : "ok", mode, extra);
    }
}
