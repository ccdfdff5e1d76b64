package dev.tidemark.lake.log;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlaceTest {

    private static final String STORE = "abfss://lake@account.dfs.core.windows.net";

    @ParameterizedTest
    @CsvSource({"/a/b, /a/b", "/a/b/, /a/b", "/a/./b/../c, /a/c", "file:/a/b, /a/b", "file:///a/b, /a/b", "FILE:///a%20b, /a b", "file:///a b, /a b",
        "/a b%20c, /a b%20c", "/, /"})
    void a_folder_is_a_folder_however_it_is_written(String text, String path) {
        assertThat(Place.of(text)).hasToString(path).isEqualTo(Place.local(Path.of(path)));
        assertThat(Place.of(text).isLocal()).isTrue();
    }

    @Test
    void a_relative_folder_becomes_absolute() {
        assertThat(Place.of("lake")).hasToString(Path.of("lake").toAbsolutePath().toString());
    }

    @Test
    void a_url_keeps_its_form_without_a_slash_at_the_end() {
        assertThat(Place.of(STORE + "/plant/")).hasToString(STORE + "/plant");
        assertThat(Place.of(STORE)).hasToString(STORE);
        assertThat(Place.of(STORE).resolve("gold/windows")).hasToString(STORE + "/gold/windows");
        assertThat(Place.of(STORE).hadoop().toUri().getPath()).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://account.dfs.core.windows.net/c/lake", "http://host/t", "", "  ", "abfss:///lake"})
    void what_is_no_place_is_refused(String text) {
        assertThatThrownBy(() -> Place.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"x/y.parquet, /t/x/y.parquet", "loc=a%252Fb/y, /t/loc=a%2Fb/y", "a%20b+c, /t/a b+c", "50%, /t/50%", "%zz, /t/%zz",
        "%C3%BC%F0%9F%98%80, /t/ü😀", "/abs/y, /abs/y", "file:///abs/y%20z, /abs/y z", "file:/abs/y, /abs/y"})
    void a_logged_path_is_decoded_once_and_found_from_the_table(String logged, String path) {
        assertThat(Place.of("/t").locate(logged)).isEqualTo("file:" + path);
    }

    @Test
    void a_logged_path_in_a_store_is_found_there() {
        Place table = Place.of(STORE + "/plant/t");
        assertThat(table.locate("p=1%202/y")).isEqualTo(STORE + "/plant/t/p=1 2/y");
        assertThat(table.locate("/other/y")).isEqualTo(STORE + "/other/y");
        assertThat(table.locate("abfss://c@b.dfs.core.windows.net/y")).isEqualTo("abfss://c@b.dfs.core.windows.net/y");
    }
}
