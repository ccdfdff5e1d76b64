package dev.tidemark.lake.azure;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokensTest {

    private static final Instant START = Instant.parse("2026-11-21T05:24:00Z");

    private Instant now = START;
    private final Clock clock = new Clock() {
        @Override public ZoneId getZone() { return ZoneOffset.UTC; }
        @Override public Clock withZone(ZoneId zone) { return this; }
        @Override public Instant instant() { return now; }
    };
    private final List<Boolean> asked = new ArrayList<>();
    private boolean dark;
    private final Tokens tokens = new Tokens(anew -> {
        asked.add(anew);
        if (dark) {
            throw new IOException("no answer");
        }
        return new Tokens.Token("token " + asked.size(), now.plus(Duration.ofHours(1)));
    }, clock);

    @Test
    void a_token_is_used_until_five_minutes_before_it_ends() throws IOException {
        assertThat(tokens.get()).isEqualTo("token 1");
        now = START.plus(Duration.ofMinutes(54));
        assertThat(tokens.get()).isEqualTo("token 1");
        now = START.plus(Duration.ofMinutes(55));
        assertThat(tokens.get()).isEqualTo("token 2");
    }

    @Test
    void a_token_that_is_good_is_used_on_while_no_new_one_can_be_had() throws IOException {
        tokens.get();
        dark = true;
        now = START.plus(Duration.ofMinutes(56));
        assertThat(tokens.get()).isEqualTo("token 1");
        assertThat(tokens.get()).isEqualTo("token 1");
        assertThat(asked).hasSize(2);
        now = now.plus(Duration.ofSeconds(31));
        assertThat(tokens.get()).isEqualTo("token 1");
        assertThat(asked).hasSize(3);
        now = START.plus(Duration.ofMinutes(61));
        assertThatThrownBy(tokens::get).hasMessage("no answer");
        assertThat(tokens.failure()).hasMessage("no answer");
        dark = false;
        assertThat(tokens.get()).isEqualTo("token 5");
        assertThat(tokens.failure()).isNull();
    }

    @Test
    void a_token_that_was_refused_is_replaced_by_another_than_the_source_still_holds() throws IOException {
        tokens.get();
        tokens.refused();
        assertThat(tokens.get()).isEqualTo("token 2");
        assertThat(tokens.get()).isEqualTo("token 2");
        assertThat(asked).containsExactly(false, true);
    }

    @Test
    void a_token_does_not_show_itself() {
        assertThat(new Tokens.Token("eyJsecret", START)).hasToString("a token until 2026-11-21T05:24:00Z");
    }
}
