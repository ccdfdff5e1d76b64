package dev.tidemark.stream.decode;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Random payloads, flattened by us and, in the plainest way, from Jackson's tree. */
class JsonAgainstJacksonTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final JsonMapper LENIENT = MAPPER.rebuild().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private final Random random = new Random(17);
    private final Decoder decoder = Messages.decoder();

    @Test
    void random_payloads_have_the_leaves_of_their_trees() throws IOException {
        for (int round = 0; round < 6_000; round++) {
            ObjectNode payload = object(3);
            payload.put("deviceId", "d").put("some_number", 1);
            String text = round % 2 == 0 ? payload.toString() : payload.toPrettyString();
            Map<String, Object> expected = new LinkedHashMap<>();
            flatten("", MAPPER.readTree(text), expected);
            expected.remove("deviceId");
            Reading reading = Messages.reading(decoder, Messages.json(text));
            Map<String, Object> actual = Messages.leaves(reading);
            // The text of an array is as it stands in the payload; a tree no longer knows its blanks.
            for (String name : expected.keySet()) {
                if (expected.get(name) instanceof JsonNode && actual.get(name) instanceof String array) {
                    actual.put(name, MAPPER.readTree(array));
                }
            }
            assertThat(actual).as(text).isEqualTo(expected);
            assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
            assertThat(reading.rescued()).isNull();
        }
    }

    @Test
    void damaged_payloads_are_accepted_and_refused_as_jackson_does() {
        byte[] alphabet = "{}[]\",:\\u0e+-.tfn 1N\u0001".getBytes(StandardCharsets.ISO_8859_1);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            ObjectNode payload = object(2);
            payload.put("deviceId", "d").put("some_number", 1);
            byte[] body = payload.toString().getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(3); i >= 0; i--) {
                body[random.nextInt(body.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            Decoded decoded = decoder.decode(Messages.json(body));
            boolean malformed = decoded instanceof Decoded.Rejected rejected && rejected.reason() == Decoded.Reason.MALFORMED;
            String text = Messages.json(body).text();
            assertThat(malformed).as(text).isEqualTo(!isObject(body));
            refused += malformed ? 1 : 0;
        }
        assertThat(refused).isBetween(2_000, 19_000);
    }

    private static boolean isObject(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).length() > 0 && LENIENT.readTree(body).isObject();
        } catch (IOException e) {
            return false;
        }
    }

    private static void flatten(String path, JsonNode node, Map<String, Object> leaves) {
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> flatten(path.isEmpty() ? field.getKey() : path + "_" + field.getKey(), field.getValue(), leaves));
        } else if (node.isArray()) {
            boolean numbers = node.size() <= 16;
            boolean any = false;
            for (JsonNode element : node) {
                numbers &= element.isNumber() || element.isNull();
                any |= element.isNumber();
            }
            if (numbers && any) {
                for (int i = 0; i < node.size(); i++) {
                    flatten(path + "_" + i, node.get(i), leaves);
                }
            } else {
                leaves.put(path, node);
            }
        } else if (node.isNumber()) {
            leaves.put(path, Double.parseDouble(node.asText()));
        } else if (node.isBoolean()) {
            leaves.put(path, node.asBoolean());
        } else if (node.isTextual()) {
            leaves.put(path, node.asText());
        }
    }

    private ObjectNode object(int depth) {
        ObjectNode object = MAPPER.createObjectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.set(name(), value(depth));
        }
        return object;
    }

    /** Names that cannot collide once joined: no two paths give the same text, as each name is as long as any other. */
    private String name() {
        String letters = "abcdefghijklmnopqrstuvwxyzé\u4e2d";
        StringBuilder name = new StringBuilder("x");
        for (int i = 0; i < 3; i++) {
            name.append(letters.charAt(random.nextInt(letters.length())));
        }
        return name.toString();
    }

    private JsonNode value(int depth) {
        var nodes = MAPPER.getNodeFactory();
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> nodes.numberNode(random.nextInt());
            case 1 -> nodes.numberNode(Math.round(random.nextGaussian() * 10_000) / 100.0);
            case 2 -> nodes.numberNode(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
            case 3 -> nodes.booleanNode(random.nextBoolean());
            case 4 -> nodes.nullNode();
            case 5 -> nodes.textNode(text());
            case 6 -> {
                var array = nodes.arrayNode();
                for (int i = random.nextInt(19); i > 0; i--) {
                    array.add(random.nextInt(40) == 0 ? value(0) : random.nextInt(10) == 0 ? nodes.nullNode() : nodes.numberNode(random.nextInt(100)));
                }
                yield array;
            }
            case 7 -> object(depth - 1);
            default -> {
                var array = nodes.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(depth - 1));
                }
                yield array;
            }
        };
    }

    private String text() {
        String letters = "ab \"\\/\n\t\u0007{}[],:é°\u20ac\u4e2d";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            if (random.nextInt(30) == 0) {
                text.appendCodePoint(0x1F600 + random.nextInt(50));
            } else {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
        }
        return text.toString();
    }
}
