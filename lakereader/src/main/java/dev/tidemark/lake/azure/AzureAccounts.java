package dev.tidemark.lake.azure;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The storage accounts that this process enters, and how. A way in holds for all containers of an account. Thread-safe. */
public final class AzureAccounts {

    private static final Map<String, Login> LOGINS = new ConcurrentHashMap<>();

    /** A way into an account, with the token in use if it needs one. */
    record Login(String account, AzureAccess access, Tokens tokens) {

        static Login of(String account, AzureAccess access) {
            return new Login(account, access, access.isIdentity() ? new Tokens(new Identities(account, access), Clock.systemUTC()) : null);
        }
    }

    private AzureAccounts() {
    }

    /** From now on an account is entered this way, whatever settings and environment say. The last call counts. */
    public static void enter(String account, AzureAccess access) {
        LOGINS.put(account, Login.of(account, access));
    }

    /** The same by these tokens, which somebody else gets. */
    static void enter(String account, AzureAccess access, Tokens tokens) {
        LOGINS.put(account, new Login(account, access, tokens));
    }

    /** Forgets how an account was entered: the next request goes by settings and environment again. */
    public static void forget(String account) {
        LOGINS.remove(account);
    }

    /**
     * The way into an account.
     *
     * @throws AzureException MISUSED if settings make no sense
     */
    static Login login(String account) throws AzureException {
        Login login = LOGINS.get(account);
        if (login == null) {
            Login found = Login.of(account, AzureSettings.read(System.getenv()).access(account));
            Login other = LOGINS.putIfAbsent(account, found);
            login = other == null ? found : other;
        }
        return login;
    }
}
