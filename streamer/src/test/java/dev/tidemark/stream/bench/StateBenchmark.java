package dev.tidemark.stream.bench;

import dev.tidemark.stream.decode.Duplicates;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;
import dev.tidemark.stream.state.StatePart;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;
import dev.tidemark.stream.window.Watermarks;
import dev.tidemark.stream.window.WindowRow;
import dev.tidemark.stream.window.WindowSpec;
import dev.tidemark.stream.window.Windows;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What 10,000 devices of four measures, each with a reading a second for an hour, cost: memory, CPU a reading, writing a state down (on the pipeline's thread) and
 * reading it again, and showing all open windows once.
 */
public final class StateBenchmark {

    private static final int DEVICES = 10_000;
    private static final long SECOND = 1_000_000L;

    private StateBenchmark() {
    }

    /** @param args seconds of data (3600), then windows (1m 5m 1h 5m/1m session-10m) */
    public static void main(String[] args) {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 3_600;
        List<WindowSpec> specs = (args.length > 1 ? Stream.of(args).skip(1) : Stream.of("1m", "5m", "1h", "5m/1m", "session-10m")).map(WindowSpec::parse).toList();
        Shape shape = new Shape(List.of("temperature", "humidity", "pressure", "vibration"), Collections.nCopies(4, Shape.Kind.NUMBER), new int[] {0, 1, 2, 3},
                List.of("temperature", "humidity", "pressure", "vibration"), Collections.nCopies(4, "u"));
        String[] devices = Stream.iterate(0, i -> i + 1).limit(DEVICES).map(i -> "device-" + i).toArray(String[]::new);
        String[] halls = Stream.iterate(0, i -> i + 1).limit(20).map(i -> "hall-" + i).toArray(String[]::new);
        long before = used();
        Windows windows = new Windows(specs, Watermarks.NONE);
        Duplicates duplicates = new Duplicates(600 * SECOND);
        long[] closed = new long[1];
        double[] numbers = new double[4];
        long cpuWindows = 0;
        long cpuDuplicates = 0;
        for (int second = 1_800; second < 1_800 + seconds; second++) {
            Reading[] readings = new Reading[DEVICES];
            for (int i = 0; i < DEVICES; i++) {
                numbers[i & 3] = i % 77;
                readings[i] = new Reading(devices[i], second * SECOND + i * 100, halls[i % 20], null, shape, numbers, null, null);
            }
            long began = cpu();
            for (Reading reading : readings) {
                duplicates.add(reading);
            }
            long between = cpu();
            for (Reading reading : readings) {
                windows.add(reading);
            }
            windows.advance((second - 10) * SECOND, row -> closed[0]++);
            cpuWindows += cpu() - between;
            duplicates.advance((second - 10) * SECOND);
            cpuDuplicates += between - began;
        }
        long events = (long) seconds * DEVICES;
        System.out.printf("windows    %,d ns CPU a reading, %,d rows closed%n", cpuWindows / events, closed[0]);
        System.out.printf("duplicates %,d ns CPU a reading, %,d remembered%n", cpuDuplicates / events, duplicates.size());
        long both = used();
        System.out.printf("memory     %,d MB%n", (both - before) >> 20);
        for (int round = 0; round < 3; round++) {
            written("windows", windows, new Windows(specs, Watermarks.NONE));
            written("duplicates", duplicates, new Duplicates(600 * SECOND));
            show(windows);
        }
    }

    private static void written(String what, StatePart part, StatePart fresh) {
        long began = cpu();
        StateWriter out = new StateWriter();
        part.write(out);
        long written = cpu();
        byte[] bytes = bytes(out.chunks());
        long copied = cpu();
        fresh.read(new StateReader(bytes, 0, bytes.length));
        System.out.printf("%-10s %,d ms on the pipeline's thread, %,d MB, %,d ms to read%n", what, (written - began) / 1_000_000, bytes.length >> 20,
                (cpu() - copied) / 1_000_000);
    }

    private static byte[] bytes(List<StateWriter.Chunk> chunks) {
        ByteBuffer all = ByteBuffer.allocate((int) chunks.stream().mapToLong(StateWriter.Chunk::length).sum()).order(ByteOrder.LITTLE_ENDIAN);
        for (StateWriter.Chunk chunk : chunks) {
            if (chunk.longs() == null) {
                all.put(chunk.bytes(), 0, (int) chunk.length());
            } else {
                for (long value : chunk.longs()) {
                    if (value != chunk.free()) {
                        all.putLong(value);
                    }
                }
            }
        }
        return all.array();
    }

    private static void show(Windows windows) {
        long began = cpu();
        long[] rows = new long[1];
        double[] sum = new double[1];
        windows.open((WindowRow row) -> {
            rows[0]++;
            sum[0] += row.avg();
        });
        System.out.printf("open       %,d rows, %,d ms%n", rows[0], (cpu() - began) / 1_000_000);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
