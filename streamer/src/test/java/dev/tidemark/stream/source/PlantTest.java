package dev.tidemark.stream.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.DoubleStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The signals look like a plant's. */
class PlantTest {

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z").getEpochSecond() * SECOND;
    private static final int PRESS = 0;
    private static final int PUMP = 1;
    private static final int OVEN = 2;
    private static final int RASPBERRY = 3;

    private final Plant plant = new Plant(new Plant.Layout(1, 50, false));
    private final ObjectMapper mapper = new ObjectMapper();

    private JsonNode message(int device, long time) {
        try {
            return mapper.readTree(plant.message(device, time / SECOND * 50 + device, time, time - SECOND));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private double[] series(int device, String pointer, long from, int count, long step) {
        double[] series = new double[count];
        Arrays.setAll(series, i -> message(device, from + i * step).at(pointer).asDouble());
        return series;
    }

    /** How well a value tells the next one. */
    private static double memory(double[] series) {
        double mean = DoubleStream.of(series).average().orElseThrow();
        double product = 0;
        double square = 0;
        for (int i = 1; i < series.length; i++) {
            product += (series[i] - mean) * (series[i - 1] - mean);
            square += (series[i] - mean) * (series[i] - mean);
        }
        return product / square;
    }

    @Test
    void messages_have_the_form_of_their_devices() {
        JsonNode press = message(PRESS, MIDNIGHT + 1_500);
        assertThat(press.get("deviceId").asText()).isEqualTo("press-01");
        assertThat(press.get("timestamp").asText()).isEqualTo("2026-03-02T00:00:00.001500Z");
        assertThat(press.get("location").asText()).isEqualTo("hall-a");
        assertThat(press.get("device_type").asText()).isEqualTo("press");
        assertThat(press.get("status").asText()).isEqualTo("ok");
        assertThat(press.at("/readings/motor/temp_c").isNumber()).isTrue();
        assertThat(message(OVEN, MIDNIGHT).at("/readings/zones_c")).hasSize(3);
        assertThat(message(RASPBERRY, MIDNIGHT).fieldNames()).toIterable().containsExactly("messageId", "deviceId", "temperature", "humidity", "location");
        assertThat(plant.name(49)).isEqualTo("pump-13");
    }

    @Test
    void rooms_follow_the_day() {
        double[] day = series(RASPBERRY, "/temperature", MIDNIGHT, 24, 60 * MINUTE);
        assertThat(DoubleStream.of(day).boxed()).allSatisfy(value -> assertThat(value).isBetween(59.0, 86.0));
        assertThat(Arrays.stream(day, 13, 18).average().orElseThrow()).isGreaterThan(Arrays.stream(day, 1, 6).average().orElseThrow() + 5);
        assertThat(memory(series(RASPBERRY, "/temperature", MIDNIGHT, 1_440, MINUTE))).isGreaterThan(0.98);
    }

    @Test
    void machines_work_by_day_and_pause_at_night_and_between_batches() {
        double[] power = series(PRESS, "/readings/power_kw", MIDNIGHT, 1_440, MINUTE);
        assertThat(DoubleStream.of(power).boxed()).allSatisfy(value -> assertThat(value).isBetween(0.5, 20.0));
        assertThat(Arrays.stream(power, 480, 1_200).average().orElseThrow()).isGreaterThan(1.5 * Arrays.stream(power, 0, 300).average().orElseThrow());
        assertThat(Arrays.stream(power, 480, 1_200).max().orElseThrow()).isGreaterThan(1.5 * Arrays.stream(power, 480, 1_200).min().orElseThrow());
        assertThat(memory(series(PUMP, "/readings/flow_l_min", MIDNIGHT + 600 * MINUTE, 3_600, SECOND))).isGreaterThan(0.95);
    }

    @Test
    void motors_warm_up_slowly_and_sensors_are_noisy() {
        double[] motor = series(PRESS, "/readings/motor/temp_c", MIDNIGHT, 1_440, MINUTE);
        assertThat(DoubleStream.of(motor).boxed()).allSatisfy(value -> assertThat(value).isBetween(40.0, 85.0));
        assertThat(memory(motor)).isGreaterThan(0.97);
        double[] vibration = series(PRESS, "/readings/motor/vibration_mm_s", MIDNIGHT + 600 * MINUTE, 600, SECOND);
        assertThat(memory(vibration)).isBetween(0.2, 0.98);
    }

    @Test
    void a_plant_with_few_faults_has_a_part_of_them() {
        Plant faulty = new Plant(new Plant.Layout(1, 50, true));
        Plant calmer = new Plant(new Plant.Layout(1, 50, true, 2));
        int silent = 0;
        int silentToo = 0;
        for (int quarter = 0; quarter < 40 * 32; quarter++) {
            long time = MIDNIGHT + quarter * MINUTE;
            for (int device = 0; device < 50; device++) {
                long slot = time / SECOND * 50 + device;
                boolean nothing = faulty.message(device, slot, time, time - SECOND) == null;
                boolean nothingToo = calmer.message(device, slot, time, time - SECOND) == null;
                silent += nothing ? 1 : 0;
                silentToo += nothingToo ? 1 : 0;
                assertThat(nothing || !nothingToo).isTrue();
            }
        }
        assertThat(silentToo).isBetween(silent / 4, silent * 3 / 4);
    }
}
