package dev.tidemark.lake.cli;

import dev.tidemark.lake.Type;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ValuesTest {

    private static final Type FLOATS = new Type.Array(Type.Primitive.FLOAT, true);

    @Test
    void a_float_has_the_digits_of_a_float() {
        double single = 0.1f;
        assertThat(Values.text(single, Type.Primitive.FLOAT)).isEqualTo("0.1");
        assertThat(Values.text(single, Type.Primitive.DOUBLE)).isEqualTo("0.10000000149011612");
        assertThat(Values.text(List.of(single, Double.NaN), FLOATS)).isEqualTo("[0.1,\"NaN\"]");
        assertThat(Values.json(json -> Values.field(json, "v", single, Type.Primitive.FLOAT))).isEqualTo("{\"v\":0.1}");
    }

    @Test
    void a_decimal_has_all_its_digits_and_no_exponent() {
        assertThat(Values.text(new BigDecimal("0E-10"), new Type.Decimal(20, 10))).isEqualTo("0.0000000000");
        assertThat(Values.json(json -> Values.field(json, "v", new BigDecimal("1E+3"), new Type.Decimal(38, 0)))).isEqualTo("{\"v\":1000}");
    }

    @Test
    void a_time_before_1970_or_beyond_the_calendar_can_be_read() {
        assertThat(Values.text(-1L, Type.Primitive.TIMESTAMP)).isEqualTo("1969-12-31T23:59:59.999999Z");
        assertThat(Values.text(-1L, Type.Primitive.DATE)).isEqualTo("1969-12-31");
        assertThat(Values.text(Long.MAX_VALUE, Type.Primitive.DATE)).isEqualTo("9223372036854775807");
    }
}
