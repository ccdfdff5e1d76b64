package dev.tidemark.stream.hub;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one client may do, by the tokens it has shown. For the client's thread. */
final class Access {

    private final AccessKey key;
    private final InstantSource clock;
    private final List<AccessKey.Grant> grants = new ArrayList<>();

    /** @param key null: everything is allowed to everybody */
    Access(AccessKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /** @throws AmqpError if the token is not good */
    void show(String token) throws AmqpError {
        if (key != null) {
            AccessKey.Grant grant = key.check(token, now());
            // One for the same path takes the place of the old: that is how clients renew.
            grants.removeIf(old -> old.path().equals(grant.path()) || old.expires() <= now());
            grants.add(grant);
        }
    }

    /** Whether a token that is still good covers a path, such as {@code telemetry/Partitions/0}. */
    boolean allows(String path) {
        return key == null || grants.stream().anyMatch(grant -> grant.covers(path.toLowerCase(Locale.ROOT), now()));
    }

    /** @throws AmqpError if no good token covers the path */
    void require(String path) throws AmqpError {
        if (!allows(path)) {
            throw new AmqpError(AmqpError.UNAUTHORIZED, "Cannot attach to " + path + ": no token for it was shown, or it has expired");
        }
    }

    private long now() {
        return clock.millis() / 1_000;
    }
}
