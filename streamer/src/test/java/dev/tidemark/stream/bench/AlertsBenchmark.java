package dev.tidemark.stream.bench;

import dev.tidemark.stream.alert.Alerts;
import dev.tidemark.stream.alert.Limits;
import dev.tidemark.stream.alert.Rules;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/** CPU time that the usual rules take for a reading of two measures when nothing happens, and when all devices fail at once. Arguments: devices. */
public final class AlertsBenchmark {

    private static final int READINGS = 2_000_000;
    private static final int BATCH = 4_096;

    private AlertsBenchmark() {
    }

    public static void main(String[] arguments) {
        int devices = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        Shape shape = new Shape(List.of("temperature", "humidity"), List.of(Shape.Kind.NUMBER, Shape.Kind.NUMBER), new int[] {0, 1},
                List.of("temperature", "humidity"), Arrays.asList("°C", null));
        String[] names = new String[devices];
        Arrays.setAll(names, i -> "sensor-" + i);
        Alerts alerts = new Alerts(Rules.DEFAULT, Limits.NONE);
        long[] told = {0};
        alerts.tell(row -> told[0]++);
        alerts.columns(List.of("temperature", "humidity"), shape.kinds());
        long number = 0;
        for (int round = 0; round < 5; round++) {
            Reading[] readings = new Reading[READINGS];
            for (int i = 0; i < READINGS; i++, number++) {
                readings[i] = new Reading(names[(int) (number % devices)], number * 100, "hall", "ok", shape, new double[] {20 + number % 3, 40 + number % 5}, null, null);
            }
            long began = cpu();
            for (int from = 0; from < READINGS; from += BATCH) {
                alerts.begin(number + from);
                for (int i = from; i < Math.min(READINGS, from + BATCH); i++) {
                    alerts.add(readings[i]);
                }
                alerts.end(readings[Math.min(READINGS, from + BATCH) - 1].eventTime() - 10_000_000);
            }
            System.out.printf("%,d devices, nothing happens: %d ns a reading, %d alerts%n", devices, (cpu() - began) / READINGS, told[0]);
        }
        long began = cpu();
        alerts.begin(number);
        for (String name : names) {
            alerts.add(new Reading(name, number * 100, "hall", "error", shape, new double[] {99, 99}, null, null));
        }
        alerts.end(number * 100 - 10_000_000);
        System.out.printf("all fail at once: %,d rows, %d ns a row%n", told[0], (cpu() - began) / Math.max(1, told[0]));
        System.gc();
        System.out.printf("heap %d MB%n", (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
