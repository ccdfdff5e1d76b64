package dev.tidemark.stream.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.stream.decode.Decoded;
import dev.tidemark.stream.decode.Decoder;
import dev.tidemark.stream.decode.Duplicates;
import dev.tidemark.stream.source.Message;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What decoding a message costs, beside Jackson reading the same bytes into a tree. Values and times differ from message to message. It measures
 * CPU time of its thread and takes turns between the candidates, so that a busy machine disturbs it little. Run {@link #main} with the test class path.
 */
public final class DecodeBenchmark {

    private static final int MESSAGES = 1 << 12;
    private static final int ROUNDS = 120;

    private interface Work {
        Object on(int i) throws IOException;
    }

    private DecodeBenchmark() {
    }

    /** Prints nanoseconds of CPU a message, the median of many rounds. */
    public static void main(String[] args) throws IOException {
        Message[] json = new Message[MESSAGES];
        Message[] csv = new Message[MESSAGES];
        Map<String, String> properties = Map.of(Message.CONTENT_TYPE, "text/csv", Message.CSV_HEADER, "sensor_id,timestamp,temperature,humidity,location");
        for (int i = 0; i < MESSAGES; i++) {
            String body = String.format(Locale.ROOT, "{\"deviceId\":\"press-%02d\",\"timestamp\":\"2026-03-02T09:%02d:%02d.%03dZ\",\"location\":\"hall-%c\",\"status\":\"ok\","
                    + "\"motor\":{\"temp_c\":%.1f,\"vibration\":%.2f},\"pressure\":%.2f}", i % 50, i / 60 % 60, i % 60, i % 1_000, 'a' + i % 4, 70 + i / 200.0, 2 + i / 900.0,
                    5 + i / 900.0);
            json[i] = new Message(i, 0, null, Map.of(), body.getBytes(StandardCharsets.UTF_8));
            String line = String.format(Locale.ROOT, "%d,2016-01-11 17:%02d:%02d,%.2f,%.2f,living-room", 1001 + i % 9, i / 60 % 60, i % 60, 60 + i / 300.0, 40 + i / 300.0);
            csv[i] = new Message(i, 0, null, properties, line.getBytes(StandardCharsets.UTF_8));
        }
        Decoder decoder = new Decoder(Clock.systemUTC());
        Duplicates duplicates = new Duplicates(600_000_000L);
        ObjectMapper mapper = new ObjectMapper();
        Map<String, Work> candidates = new LinkedHashMap<>();
        candidates.put("Jackson's tree", i -> mapper.readTree(json[i].body()));
        candidates.put("JSON", i -> decoder.decode(json[i]));
        candidates.put("JSON, duplicates", i -> duplicates.add(((Decoded.Accepted) decoder.decode(json[i])).reading()));
        candidates.put("CSV", i -> decoder.decode(csv[i]));
        Map<String, Double> costs = measure(candidates);
        System.out.printf(Locale.ROOT, "JSON of %d bytes, CSV of %d bytes%n", json[0].body().length, csv[0].body().length);
        costs.forEach((name, cost) -> System.out.printf(Locale.ROOT, "%-18s %6.0f ns CPU, %.2f of Jackson's tree%n", name, cost, cost / costs.get("Jackson's tree")));
    }

    private static Map<String, Double> measure(Map<String, Work> candidates) throws IOException {
        var threads = ManagementFactory.getThreadMXBean();
        Map<String, double[]> rounds = new LinkedHashMap<>();
        int sink = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (var candidate : candidates.entrySet()) {
                long start = threads.getCurrentThreadCpuTime();
                for (int repeat = 0; repeat < 4; repeat++) {
                    for (int i = 0; i < MESSAGES; i++) {
                        sink += candidate.getValue().on(i) != null ? 1 : 0;
                    }
                }
                rounds.computeIfAbsent(candidate.getKey(), name -> new double[ROUNDS])[round] =
                        (threads.getCurrentThreadCpuTime() - start) / (4.0 * MESSAGES);
            }
        }
        Map<String, Double> costs = new LinkedHashMap<>();
        rounds.forEach((name, all) -> {
            double[] warm = Arrays.copyOfRange(all, ROUNDS / 2, ROUNDS);
            Arrays.sort(warm);
            costs.put(name, warm[warm.length / 2]);
        });
        if (sink == 0) {
            System.out.println();
        }
        return costs;
    }
}
