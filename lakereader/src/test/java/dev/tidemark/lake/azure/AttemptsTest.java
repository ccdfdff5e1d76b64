package dev.tidemark.lake.azure;

import org.apache.hadoop.fs.azurebfs.contracts.exceptions.AbfsRestOperationException;
import org.junit.jupiter.api.Test;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AttemptsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final Attempts attempts = new Attempts("plant", refused::incrementAndGet, nanos::get, pause -> {
        pauses.add(pause);
        nanos.addAndGet(pause.toNanos());
    });

    private static IOException answered(int status, String code) {
        return new AbfsRestOperationException(status, code, "said", null);
    }

    @Test
    void a_busy_account_is_asked_again_after_longer_and_longer_pauses() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        assertThat(attempts.<String>ask(() -> {
            if (asked.incrementAndGet() < 4) {
                throw answered(503, "ServerBusy");
            }
            return "there";
        })).isEqualTo("there");
        assertThat(pauses).hasSize(3).isSorted();
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(200), Duration.ofMillis(300));
    }

    @Test
    void it_is_given_up_after_six_tries() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> attempts.ask(() -> {
            asked.incrementAndGet();
            throw new SocketTimeoutException("Read timed out");
        })).isInstanceOf(SocketTimeoutException.class);
        assertThat(asked).hasValue(Attempts.MOST);
    }

    @Test
    void it_is_given_up_after_half_a_minute() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> attempts.ask(() -> {
            asked.incrementAndGet();
            nanos.addAndGet(Duration.ofSeconds(14).toNanos());
            throw answered(500, "InternalError");
        })).isInstanceOf(IOException.class);
        assertThat(asked).hasValue(3);
    }

    @Test
    void a_token_that_is_refused_is_got_anew_once() {
        assertThatThrownBy(() -> attempts.ask(() -> {
            throw answered(401, "InvalidAuthenticationInfo");
        })).isInstanceOf(IOException.class);
        assertThat(refused).hasValue(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void what_will_not_change_is_asked_once() {
        for (IOException lasting : new IOException[] {answered(403, "AuthorizationFailure"), answered(404, "PathNotFound"), new FileNotFoundException("x"),
            answered(409, "PathAlreadyExists"), answered(412, "ConditionNotMet"), new javax.net.ssl.SSLHandshakeException("untrusted")}) {
            AtomicInteger asked = new AtomicInteger();
            assertThatThrownBy(() -> attempts.ask(() -> {
                asked.incrementAndGet();
                throw lasting;
            })).isSameAs(lasting);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void an_interrupt_ends_the_waiting() {
        Attempts real = new Attempts("plant", null);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> real.ask(() -> {
            throw answered(503, "ServerBusy");
        })).isInstanceOf(java.io.InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
