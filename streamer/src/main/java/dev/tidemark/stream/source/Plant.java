package dev.tidemark.stream.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * The machines and sensors of a plant, and what each of them says at a time. Everything follows from the seed, the device, the slot and the
 * time: there is no state. Not thread-safe.
 *
 * <p>Halls follow the day, machines follow shifts and batches; motors and ovens warm up and cool down slowly. With faults, a device
 * now and then spikes, drifts, falls silent or is in error for some minutes, and single messages come broken, late, twice, or with an
 * empty value.
 */
final class Plant {

    /**
     * What makes one plant differ from another.
     *
     * @param calm with faults, only one in so many of a device's incidents happens
     */
    record Layout(long seed, int devices, boolean faults, int calm) {

        /** With all incidents, or without faults. */
        Layout(long seed, int devices, boolean faults) {
            this(seed, devices, faults, 1);
        }
    }

    static final Map<String, String> PROPERTIES = Map.of(Message.CONTENT_TYPE, "application/json");

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long DAY = 24 * 60 * MINUTE;
    /** At most one incident a device in so long. */
    private static final long PERIOD = 15 * MINUTE;
    private static final int HALLS = 4;
    /** One message in so many has a fault of each kind. */
    private static final int RARE = 5_000;

    private enum Kind { PRESS, PUMP, OVEN, RASPBERRY }

    private enum Trouble { NONE, SILENT, SPIKE, DRIFT, WARNING, ERROR }

    /** What a device goes through at a time, and how much of it is over, from 0 to 1. */
    private record Incident(Trouble trouble, double progress) {

        static final Incident NONE = new Incident(Trouble.NONE, 0);

        /** What it does to a measured value. */
        double factor() {
            return switch (trouble) {
                case SPIKE -> 1 + 0.45 * Math.min(1, 12 * progress) * Math.exp(-2.2 * progress);
                case DRIFT -> 1 + 0.16 * progress;
                default -> 1;
            };
        }
    }

    private enum Blemish { NONE, BROKEN, NULL, NAN, LATE, TWICE }

    private final Layout layout;
    private final String[] names;
    private final JsonText out = new JsonText();

    Plant(Layout layout) {
        this.layout = layout;
        this.names = new String[layout.devices()];
        int digits = Integer.toString((layout.devices() - 1) / Kind.values().length + 1).length();
        for (int device = 0; device < names.length; device++) {
            int number = device / Kind.values().length + 1;
            String kind = kind(device).name().toLowerCase(Locale.ROOT);
            names[device] = String.format(Locale.ROOT, "%s-%0" + Math.max(2, digits) + "d", kind, number);
        }
    }

    String name(int device) {
        return names[device];
    }

    /**
     * What a device sends in a slot; null if it is silent.
     *
     * @param time   of the slot, microseconds since 1970-01-01T00:00Z
     * @param before time of the device's slot before it
     */
    byte[] message(int device, long slot, long time, long before) {
        Blemish blemish = blemish(slot);
        if (incident(device, time).trouble == Trouble.SILENT) {
            return null;
        }
        switch (blemish) {
            case TWICE -> {
                if (kind(device) != Kind.RASPBERRY && incident(device, before).trouble != Trouble.SILENT) {
                    compose(device, slot - layout.devices(), before, before, Blemish.NONE);
                    return out.toBytes();
                }
                compose(device, slot, time, time, Blemish.NONE);
            }
            case LATE -> {
                long measured = time - (long) ((20 + 100 * uniform(hash(layout.seed() + 31, slot, 0))) * SECOND);
                compose(device, slot, measured, measured, Blemish.NONE);
            }
            default -> compose(device, slot, time, time, blemish);
        }
        byte[] whole = out.toBytes();
        return blemish == Blemish.BROKEN ? Arrays.copyOf(whole, whole.length * 2 / 3) : whole;
    }

    private void compose(int device, long slot, long time, long stamp, Blemish blemish) {
        Kind kind = kind(device);
        Incident incident = incident(device, time);
        String location = "hall-" + (char) ('a' + hall(device));
        out.clear();
        if (kind == Kind.RASPBERRY) {
            out.begin().whole("messageId", slot / layout.devices()).text("deviceId", names[device]);
            room(device, time, incident.factor(), blemish);
            out.text("location", location).end();
            return;
        }
        String status = switch (incident.trouble) {
            case ERROR -> "error";
            case WARNING -> "warning";
            default -> "ok";
        };
        out.begin().text("deviceId", names[device]).time("timestamp", stamp).text("location", location)
                .text("device_type", kind.name().toLowerCase(Locale.ROOT)).text("status", status).begin("readings");
        double load = incident.trouble == Trouble.ERROR ? 0.08 : load(device, time);
        switch (kind) {
            case PRESS -> press(device, time, load, incident.factor(), blemish);
            case PUMP -> pump(device, time, load, incident.factor(), blemish);
            default -> oven(device, time, load, incident.factor(), blemish);
        }
        out.end().end();
    }

    private void room(int device, long time, double factor, Blemish blemish) {
        double swing = daily(time, hall(device));
        double temperature = 21.2 + 2.6 * own(device, 1) + 3.2 * swing + 0.7 * wander(device, 1, time, 23 * MINUTE);
        double humidity = 45 + 6 * own(device, 2) - 7 * swing + 2.5 * wander(device, 2, time, 37 * MINUTE);
        value("temperature", fahrenheit((temperature + 0.08 * white(device, 1, time)) * factor), 2, blemish);
        out.number("humidity", humidity + 0.3 * white(device, 2, time), 2);
    }

    /** Rooms are told in Fahrenheit, as the default rules and the house that the demo replays have it. */
    private static double fahrenheit(double celsius) {
        return celsius * 1.8 + 32;
    }

    private void press(int device, long time, double load, double factor, Blemish blemish) {
        double temperature = 40 + 8 * own(device, 3) + (22 + 10 * own(device, 5)) * warmth(device, time);
        double vibration = 0.8 + own(device, 4) + (1.1 + 0.8 * own(device, 6)) * load;
        double pressure = 3.5 + 0.8 * own(device, 7) + 2.3 * load + 0.12 * wander(device, 5, time, 3 * MINUTE);
        double power = 2.4 + (10 + 5 * own(device, 8)) * load;
        motor(device, time, temperature, vibration, factor, blemish);
        out.number("pressure_bar", pressure + 0.03 * white(device, 5, time), 2);
        out.number("power_kw", power + 0.35 * white(device, 6, time), 2);
    }

    private void pump(int device, long time, double load, double factor, Blemish blemish) {
        double temperature = 35 + 7 * own(device, 3) + (17 + 8 * own(device, 5)) * warmth(device, time);
        double vibration = 0.5 + 0.7 * own(device, 4) + 1.1 * load;
        double flow = 22 + (95 + 40 * own(device, 7)) * load + 2.5 * wander(device, 7, time, 2 * MINUTE);
        double pressure = 1.4 + 0.5 * own(device, 8) + (2.6 + own(device, 6)) * load * load;
        motor(device, time, temperature, vibration, factor, blemish);
        out.number("flow_l_min", flow + 0.9 * white(device, 7, time), 1);
        out.number("pressure_bar", pressure + 0.05 * white(device, 8, time), 2);
    }

    private void oven(int device, long time, double load, double factor, Blemish blemish) {
        double heating = Math.sin(2 * Math.PI * (time / (double) SECOND / 140 + own(device, 9)));
        double core = 160 + 18 * own(device, 10) + 24 * warmth(device, time) + 1.6 * heating;
        double power = 5 + 2 * own(device, 11) + 9 * load + (heating > 0 ? 7 : 0);
        value("temp_c", core * factor + 0.25 * white(device, 9, time), 1, blemish);
        out.beginArray("zones_c");
        for (int zone = 0; zone < 3; zone++) {
            double draught = 1.2 * wander(device, 10 + zone, time, 11 * MINUTE);
            out.element(core - 4 + 4 * zone + draught + 0.2 * white(device, 10 + zone, time), 1);
        }
        out.endArray().number("power_kw", power + 0.3 * white(device, 13, time), 2);
    }

    private void motor(int device, long time, double temperature, double vibration, double factor, Blemish blemish) {
        double heat = temperature + 2.5 * daily(time, hall(device)) + 0.15 * white(device, 3, time);
        double shaking = vibration + 0.2 * wander(device, 4, time, 40 * SECOND) + 0.12 * white(device, 4, time);
        out.begin("motor");
        value("temp_c", heat * (1 + (factor - 1) / 2), 1, blemish);
        out.number("vibration_mm_s", shaking * factor, 2).end();
    }

    /** The value that a faulty message lacks. */
    private void value(String name, double value, int decimals, Blemish blemish) {
        switch (blemish) {
            case NULL -> out.raw(name, "null");
            case NAN -> out.raw(name, "NaN");
            default -> out.number(name, value, decimals);
        }
    }

    private static Kind kind(int device) {
        return Kind.values()[device % Kind.values().length];
    }

    private static int hall(int device) {
        return device / Kind.values().length % HALLS;
    }

    /** Colder at night, warmest in the afternoon: -1 to 1. Halls differ by the sun they get. */
    private double daily(long time, int hall) {
        double day = Math.floorMod(time, DAY) / (double) DAY;
        return Math.sin(2 * Math.PI * (day - 0.375 - 0.03 * hall)) * (0.8 + 0.1 * hall);
    }

    /** How hard a machine works, about 0.1 to 1: two shifts a day, batches of some minutes with pauses between them. */
    private double load(int device, long time) {
        double hour = Math.floorMod(time, DAY) / (double) DAY * 24;
        double shift = 0.45 + 0.55 * (smooth(hour - 5.5) - smooth(hour - 21.5));
        double batch = wander(device, 20, time, 6 * MINUTE + (long) (4 * MINUTE * own(device, 20)));
        double busy = smooth(4 * batch + 2.2);
        return 0.1 + 0.9 * shift * (0.25 + 0.75 * busy) * (0.93 + 0.07 * wander(device, 21, time, 25 * SECOND));
    }

    /** What a heavy body makes of the load: its mean over the last quarter of an hour, weighted towards now. */
    private double warmth(int device, long time) {
        return 0.35 * load(device, time - MINUTE) + 0.3 * load(device, time - 4 * MINUTE) + 0.2 * load(device, time - 8 * MINUTE)
                + 0.15 * load(device, time - 14 * MINUTE);
    }

    /** From 0 to 1, steep around 0. */
    private static double smooth(double x) {
        return 0.5 + 0.5 * x / Math.sqrt(0.35 + x * x);
    }

    /** A smooth random curve from -1 to 1 that turns about every {@code period} microseconds: random points, joined by cubic arcs. */
    private double wander(int device, int channel, long time, long period) {
        long point = Math.floorDiv(time, period);
        double between = Math.floorMod(time, period) / (double) period;
        double a = 2 * uniform(hash(layout.seed() + channel, device, point)) - 1;
        double b = 2 * uniform(hash(layout.seed() + channel, device, point + 1)) - 1;
        return a + (b - a) * between * between * (3 - 2 * between);
    }

    /** Noise of the sensor, about normal with deviation 1. */
    private double white(int device, int channel, long time) {
        long bits = hash(layout.seed() + 100 + channel, device, time);
        long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum / 65_536.0 - 2) * 1.7320508;
    }

    /** A constant of the device from 0 to 1. */
    private double own(int device, int channel) {
        return uniform(hash(layout.seed() + 200 + channel, device, 0));
    }

    private Incident incident(int device, long time) {
        if (!layout.faults()) {
            return Incident.NONE;
        }
        long dice = hash(layout.seed() + 300, device, Math.floorDiv(time, PERIOD));
        int what = (int) (dice & 0x3FF) % 100;
        if (what >= 11 || Math.floorMod(hash(layout.seed() + 500, device, Math.floorDiv(time, PERIOD)), layout.calm()) != 0) {
            return Incident.NONE;
        }
        long into = Math.floorMod(time, PERIOD) - (long) (uniform(hash(dice, device, 1)) * (PERIOD / 2));
        double length = uniform(hash(dice, device, 2));
        if (what < 2) {
            return during(Trouble.SILENT, into, MINUTE + (long) (5 * MINUTE * length));
        }
        if (what < 5) {
            return during(Trouble.SPIKE, into, 30 * SECOND + (long) (60 * SECOND * length));
        }
        if (what < 8) {
            return new Incident(Trouble.DRIFT, Math.floorMod(time, PERIOD) / (double) PERIOD);
        }
        if (into < MINUTE) {
            return during(Trouble.WARNING, into, MINUTE);
        }
        return during(Trouble.ERROR, into - MINUTE, MINUTE + (long) (3 * MINUTE * length));
    }

    private static Incident during(Trouble trouble, long into, long length) {
        return into >= 0 && into < length ? new Incident(trouble, into / (double) length) : Incident.NONE;
    }

    private Blemish blemish(long slot) {
        if (!layout.faults()) {
            return Blemish.NONE;
        }
        long dice = Math.floorMod(hash(layout.seed() + 400, slot, 0), RARE);
        return dice > 0 && dice < Blemish.values().length && slot >= layout.devices() ? Blemish.values()[(int) dice] : Blemish.NONE;
    }

    private static double uniform(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    /** Stafford's variant 13 of the finaliser of MurmurHash3, as in {@link java.util.SplittableRandom}, over three words. */
    private static long hash(long a, long b, long c) {
        return mix(mix(mix(a * 0x9E3779B97F4A7C15L) + b) * 0x9E3779B97F4A7C15L + c);
    }

    private static long mix(long z) {
        long x = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }
}
