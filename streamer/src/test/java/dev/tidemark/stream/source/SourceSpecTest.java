package dev.tidemark.stream.source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SourceSpecTest {

    private final HandClock clock = new HandClock(DropFolder.NOW);

    private String name(String text) {
        return SourceSpec.parse(text).create(clock).name();
    }

    @Test
    void a_source_is_named_by_all_that_its_messages_depend_on() {
        assertThat(name("files:in/box")).isEqualTo("files:in/box");
        assertThat(name("simulate:devices=5,rate=10,seed=3")).isEqualTo("simulate:devices=5,rate=10,seed=3");
        assertThat(name("simulate:seed=3, rate=10, devices=5, faults=true")).isEqualTo("simulate:devices=5,rate=10,seed=3");
        assertThat(name("simulate:")).isEqualTo("simulate:devices=50,rate=1000,seed=1");
        assertThat(name("simulate")).isEqualTo("simulate:devices=50,rate=1000,seed=1");
        assertThat(name("simulate:count=9,faults=false")).isEqualTo("simulate:devices=50,rate=1000,seed=1,faults=false,start=2026-01-01T00:00:00Z,count=9");
        assertThat(name("simulate:start=2020-02-02T00:00:00Z,count=9")).endsWith(",start=2020-02-02T00:00:00Z,count=9");
        assertThat(SourceSpec.parse("simulate:seed=3")).hasToString("simulate:seed=3");
    }

    @Test
    void once_needs_a_source_that_ends() {
        assertThatCode(SourceSpec.parse("files:in")::requireEnd).doesNotThrowAnyException();
        assertThatCode(SourceSpec.parse("simulate:count=9")::requireEnd).doesNotThrowAnyException();
        assertThatThrownBy(SourceSpec.parse("simulate:rate=9")::requireEnd).isInstanceOf(IllegalArgumentException.class).hasMessage(
                "Cannot use source simulate:rate=9: it never ends, so --once cannot wait for its end (expected count=N besides, for example count=100000, actual no count)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "mqtt:x                     | unknown kind (expected files:DIR, eventhubs:connection-string-env=NAME, kafka:servers=HOST:PORT,topic=NAME or simulate:devices=50,rate=1000,seed=1, actual 'mqtt')",
        "in/box                     | unknown kind (expected files:DIR, eventhubs:connection-string-env=NAME, kafka:servers=HOST:PORT,topic=NAME or simulate:devices=50,rate=1000,seed=1, actual 'in/box')",
        "files:                     | no folder (expected files:DIR, actual nothing behind the colon)",
        "simulate:device=5          | unknown setting (expected settings like key=value with count, devices, faults, history, rate, seed, start, actual 'device=5')",
        "simulate:devices           | no value (expected settings like key=value with count, devices, faults, history, rate, seed, start, actual 'devices')",
        "simulate:devices=0         | impossible devices (expected a whole number from 1 to 100000, actual '0')",
        "simulate:rate=fast         | impossible rate (expected a whole number from 1 to 1000000, actual 'fast')",
        "simulate:seed=1.5          | impossible seed (expected a whole number, actual '1.5')",
        "simulate:faults=no         | unreadable faults (expected true, few or false, actual 'no')",
        "simulate:rate=1,rate=2     | a setting given twice (expected rate once, actual 'rate=2')",
        "simulate:count=0           | impossible count (expected a whole number from 1 to 1000000000000, actual '0')",
        "simulate:start=2026-01-01T00:00:00Z | a replay that never ends (expected count=N beside start, actual no count)",
        "simulate:history=2h        | impossible history (expected a whole number from 0 to 525600, actual '2h')",
        "simulate:history=5,count=1 | a replay has no history (expected history or count, not both, actual both)",
        "simulate:start=today,count=1        | unreadable start (expected a time like 2026-01-01T00:00:00Z, actual 'today')",
    })
    void what_cannot_be_used_is_refused_with_what_would_do(String text, String reason) {
        assertThatThrownBy(() -> SourceSpec.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessage("Cannot use source " + text + ": " + reason);
    }
}
