package dev.tidemark.stream.bench;

import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;
import dev.tidemark.stream.window.Watermarks;
import dev.tidemark.stream.window.WindowSpec;
import dev.tidemark.stream.window.Windows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What it costs to add a reading of two measures to three windows, closing them as time goes on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WindowsBenchmark {

    private static final int READINGS = 100_000;
    private static final int BATCH = 4_096;

    @Param({"50", "10000"})
    int devices;

    private final Shape shape = new Shape(List.of("temperature", "humidity"), List.of(Shape.Kind.NUMBER, Shape.Kind.NUMBER),
            new int[] {0, 1}, List.of("temperature", "humidity"), Arrays.asList("°C", null));
    private Reading[] readings;
    private Windows windows;
    private long round;

    @Setup
    public void prepare() {
        readings = new Reading[READINGS];
        for (int i = 0; i < READINGS; i++) {
            readings[i] = new Reading("sensor-" + i % devices, i * 1_000L, "hall-" + i % devices % 10, null, shape, new double[] {i % 77, i % 13}, null, null);
        }
        windows = new Windows(Stream.of("1m", "5m", "1h").map(WindowSpec::parse).toList(), Watermarks.NONE);
    }

    @Benchmark
    @OperationsPerInvocation(READINGS)
    public void add(Blackhole out) {
        long shift = round++ * READINGS * 1_000L;
        for (int i = 0; i < READINGS; i++) {
            Reading r = readings[i];
            Reading reading = new Reading(r.deviceId(), r.eventTime() + shift, r.location(), r.status(), r.shape(), r.numbers(), r.texts(), r.rescued());
            out.consume(windows.add(reading));
            if (i % BATCH == 0) {
                windows.advance(reading.eventTime() - 10_000_000L, out::consume);
            }
        }
    }

    public static void main(String[] args) throws IOException {
        org.openjdk.jmh.Main.main(new String[] {WindowsBenchmark.class.getName()});
    }
}
