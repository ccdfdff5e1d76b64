package dev.tidemark.lake.azure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The current token of an identity, got anew before it expires. Thread-safe. */
final class Tokens {

    /** A token and when it ends. */
    record Token(String text, Instant expiry) {
        @Override
        public String toString() {
            return "a token until " + expiry;
        }
    }

    /** Where tokens come from. */
    interface Source {
        /**
         * Gets a token.
         *
         * @param anew whether one that the source still holds will not do
         */
        Token get(boolean anew) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    /** So long before it ends a token is got anew; less for one that lives shorter than an hour. */
    private static final Duration AHEAD = Duration.ofMinutes(5);
    /** How long to go on with a token when no new one could be had. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Source source;
    private final Clock clock;
    private Token token;
    private Instant renewAt = Instant.MIN;
    private boolean refused;
    private IOException failure;

    Tokens(Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** The token to use now. While one is good it is given out, even if a new one cannot be had. */
    synchronized String get() throws IOException {
        Instant now = clock.instant();
        if (token != null && now.isBefore(renewAt)) {
            return token.text();
        }
        try {
            token = source.get(refused);
            Duration life = Duration.between(now, token.expiry());
            Duration ahead = life.dividedBy(10).compareTo(AHEAD) < 0 ? life.dividedBy(10) : AHEAD;
            renewAt = token.expiry().minus(ahead);
            refused = false;
            failure = null;
        } catch (IOException e) {
            failure = e;
            if (token == null || !now.isBefore(token.expiry())) {
                token = null;
                throw e;
            }
            renewAt = now.plus(PAUSE);
            LOG.warn("{}. The token in use is good until {}", e.getMessage(), token.expiry());
        }
        return token.text();
    }

    /** Told that the account has refused the token: the next one will be another. */
    synchronized void refused() {
        token = null;
        refused = true;
    }

    /** Why the last try to get a token failed; null if it did not. */
    synchronized IOException failure() {
        return failure;
    }
}
