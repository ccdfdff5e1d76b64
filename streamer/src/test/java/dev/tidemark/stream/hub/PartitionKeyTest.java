package dev.tidemark.stream.hub;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class PartitionKeyTest {

    @Test
    void a_key_in_ascii_goes_to_the_partition_that_the_sdk_resolves_it_to() throws ReflectiveOperationException {
        Class<?> type = Class.forName("com.azure.messaging.eventhubs.PartitionResolver");
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object resolver = constructor.newInstance();
        Method assign = type.getDeclaredMethod("assignForPartitionKey", String.class, String[].class);
        assign.setAccessible(true);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder key = new StringBuilder(i % 3 == 0 ? "sensor-" : "");
            for (int length = i % 40; length > 0; length--) {
                key.append((char) random.nextInt(32, 127));
            }
            String[] ids = new String[1 + i % 33];
            for (int id = 0; id < ids.length; id++) {
                ids[id] = Integer.toString(id);
            }
            assertThat(Integer.toString(PartitionKey.partition(key.toString(), ids.length))).as(key.toString()).isEqualTo(assign.invoke(resolver, key.toString(), ids));
        }
    }
}
