package dev.tidemark.stream.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigFileTest {

    private enum Level { LOW, VERY_HIGH }

    private record Rule(String name, Double above, Level level) {
        Rule {
            InvalidSetting.require(!name.equals("none"), "name", "no possible name (expected another)");
        }
    }

    private record House(String name, long floors, boolean lit, List<Rule> rules, Map<String, String> labels, Rule best) {
        House {
            if (floors > 5 && !lit) {
                throw new InvalidSetting("floors", "lit", "too dark (expected lit: true)");
            }
        }
    }

    @TempDir
    Path folder;

    private static Rule rule(Section section) {
        return new Rule(section.requiredText("name"), section.number("above", null, -1e6, 1e6), section.choice("level", Level.LOW, Level.class));
    }

    private static House house(Section file) {
        return new House(file.text("name", "home"), file.whole("floors", 1, 1, 100), file.flag("lit", false), file.sections("rules", ConfigFileTest::rule),
                file.texts("labels"), file.section("best", null, ConfigFileTest::rule));
    }

    private House read(String text) throws IOException {
        return ConfigFile.read(Files.writeString(folder.resolve("c.yaml"), text), ConfigFileTest::house);
    }

    private List<String> mistakes(String text) {
        try {
            read(text);
            throw new AssertionError("read: " + text);
        } catch (ConfigException e) {
            assertThat(e.mistakes()).allSatisfy(line -> assertThat(line).startsWith("Cannot use configuration " + folder.resolve("c.yaml")).doesNotContain("\n"));
            return e.mistakes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sections_lists_of_sections_and_free_keys_are_read() throws IOException {
        House house = read("""
                name: mill
                floors: 1_0
                lit: true
                rules:
                  - name: hot
                    above: 1.5e2
                    level: very-high
                  - {name: cold}
                labels: {b: 1, a: x y}
                best:
                  name: hot
                """);
        assertThat(house).isEqualTo(new House("mill", 10, true, List.of(new Rule("hot", 150.0, Level.VERY_HIGH), new Rule("cold", null, Level.LOW)),
                Map.of("b", "1", "a", "x y"), new Rule("hot", null, Level.LOW)));
        assertThat(house.labels().keySet()).containsExactly("b", "a");
    }

    @Test
    void an_empty_file_an_empty_list_and_an_empty_section_are_no_mistakes() throws IOException {
        House home = new House("home", 1, false, List.of(), Map.of(), null);
        assertThat(read("")).isEqualTo(home);
        assertThat(read("---\n# nothing\n")).isEqualTo(home);
        assertThat(read("rules:\nlabels:\n")).isEqualTo(home);
    }

    @Test
    void all_mistakes_are_told_in_the_order_of_the_file() {
        assertThat(mistakes("""
                nmae: x
                floors: none
                rules:
                  - name: hot
                    abvoe: 1
                  - above: 2
                  - name: none
                lit: maybe
                lit: true
                """)).extracting(line -> line.substring(line.indexOf(", line"))).containsExactly(
                ", line 1, column 1: nmae: unknown setting (expected one of name, floors, lit, rules, labels, best; did you mean name?)",
                ", line 2, column 9: floors: not a possible number (expected a whole one from 1 to 100, actual \"none\")",
                ", line 5, column 5: rules[1].abvoe: unknown setting (expected one of name, above, level; did you mean above?)",
                ", line 6, column 5: rules[2]: name is missing (expected a value)",
                ", line 7, column 5: rules[3].name: no possible name (expected another)",
                ", line 8, column 6: lit: neither yes nor no (expected true or false, actual \"maybe\")",
                ", line 9, column 1: lit: set twice (expected once, actual also on line 8)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'rules: [{nam: x}]'            | line 1, column 10: rules[1].nam: unknown setting (did you mean name?)",
        "'rules: [{name: x, level: verry-high}]' | rules[1].level: unknown word (expected low, very_high, actual \"verry-high\"; did you mean very_high?)",
        "'rules: {name: x}'             | line 1, column 8: rules: not a list (expected lines that begin with -, actual a section)",
        "'rules: [x]'                   | line 1, column 9: rules[1]: not a section (expected lines such as name: value, actual a single value)",
        "'best: x'                      | line 1, column 7: best: not a section",
        "'best: {name: [a]}'            | best.name: no value (expected one, actual a list)",
        "'best: {name: \" \"}'          | best.name: no text (expected some",
        "'best: {name: x, above: 1e9}'  | best.above: not a possible number (expected one from -1000000.0 to 1000000.0",
        "'best: {name: x, above: NaN}'  | best.above: not a possible number",
        "'labels: {a: }'                | labels.a: no value",
        "'floors: 6'                    | line 1, column 1: floors: too dark (expected lit: true)",
        "'lit: false\nfloors: 6'        | line 2, column 1: floors: too dark",
        "'labels: {a: &x y, b: *x}'     | line 1, column 22: labels.b: an anchor or alias",
        "'a: [1'                        | no YAML",
        "'name: x\n---\nname: y'        | a second document (expected one)",
        "'- x'                          | not a list of settings",
        "'name: [[[[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]]]' | too deep"})
    void what_cannot_be_used_is_told_where_it_stands(String text, String message) {
        assertThat(mistakes(text)).anySatisfy(line -> assertThat(line).contains(message));
    }

    @Test
    void a_file_that_is_none_is_told() throws IOException {
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("nope.yaml"), ConfigFileTest::house)).hasMessageEndingWith("nope.yaml: there is no such file");
        assertThatThrownBy(() -> ConfigFile.read(folder, ConfigFileTest::house)).hasMessageEndingWith("it is no file");
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> ConfigFile.read(latin, ConfigFileTest::house)).hasMessageContaining("it is no text (expected UTF-8)");
    }

    @Test
    void the_keys_that_a_reader_knows_are_those_it_asked_for() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "rules: [{name: a}, {name: b}]\nlabels: {x: y}\n");
        assertThat(ConfigFile.keysKnown(file, ConfigFileTest::house)).containsExactly("best", "floors", "labels", "labels.x", "lit", "name", "rules",
                "rules[].above", "rules[].level", "rules[].name");
    }
}
