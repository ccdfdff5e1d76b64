package dev.tidemark.lake.diff;

import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class RowCodeTest {

    private static final Type LABELS = new Type.MapOf(Type.Primitive.STRING, new Type.MapOf(Type.Primitive.LONG, Type.Primitive.DOUBLE, true), true);

    private static Map<Object, Object> map(Object... entries) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put(entries[i], entries[i + 1]);
        }
        return map;
    }

    private static byte[] code(Object value) {
        RowCode code = new RowCode(0, List.of(Spelling.of(LABELS)));
        code.bind(new Batch(1, List.of("labels"), List.of(new Column.Objects(LABELS, new Object[] {value}))));
        code.encode(0);
        return Arrays.copyOf(code.buffer(), code.length());
    }

    @Test
    void maps_are_the_same_whatever_the_order_of_their_entries() {
        Map<Object, Object> one = map("site", map(1L, 0.5, 2L, null), "line", null, "", map());
        Map<Object, Object> other = map("", map(), "line", null, "site", map(2L, null, 1L, 0.5));
        assertThat(code(one)).isEqualTo(code(other)).isNotEqualTo(code(map("site", map(1L, 0.5, 2L, null), "line", map(), "", null)));
        byte[] bytes = code(one);
        assertThat(RowCode.decode(bytes, 0, bytes.length, 1)).containsExactly(one);
    }
}
