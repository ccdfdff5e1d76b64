package dev.tidemark.ui.live;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MeasureNameTest {

    @ParameterizedTest
    @CsvSource({
            "temperature, Temperature, ''",
            "readings_motor_temp_c, Motor temperature, \u00b0C",
            "readings_motor_vibration_mm_s, Motor vibration, mm/s",
            "readings_flow_l_min, Flow, l/min",
            "readings_pressure_bar, Pressure, bar",
            "readings_zones_c_2, Zones 2, \u00b0C",
            "warehouse-1, Warehouse 1, ''",
            "FIC101.PV, FIC101.PV, ''",
            "reading_count, Reading count, ''",
            "avg_temperature, Average temperature, ''",
            "messageId, Message id, ''",
            "c, C, ''",
            "readings, Readings, ''",
            "co2, CO\u2082, ''",
            "__, __, ''"})
    void a_path_becomes_a_title_and_a_unit(String name, String title, String unit) {
        assertThat(MeasureName.of(name)).isEqualTo(new MeasureName(title, unit));
    }

    @ParameterizedTest
    @CsvSource({"readings_motor_vibration_mm_s, Vibration", "temperature, Temperature", "readings_zones_c_0, Zones 0"})
    void its_brief_name_tells_what_is_measured(String name, String brief) {
        assertThat(MeasureName.of(name).brief()).isEqualTo(brief);
    }
}
