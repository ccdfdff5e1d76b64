package dev.tidemark.lake.azure;

import org.apache.hadoop.fs.azurebfs.contracts.exceptions.AbfsRestOperationException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Understands what Hadoop's driver says when a request fails. Its messages name URLs and tell of the driver's inside: the user gets a line of ours. Names of errors
 * are those of "Common REST API error codes" and "Data Lake Storage Gen2 error codes" of Azure's documentation.
 */
final class AzureFailure {

    /** Where the surroundings can be asked what went wrong. */
    interface Surroundings {
        /** Whether the machine can resolve names on the Internet. */
        boolean isOnline();

        /** How far this machine's clock is ahead of the account's; empty if the account does not say. */
        Optional<Duration> ahead();
    }

    /** Further apart, a signed request is refused. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final Pattern CODE = Pattern.compile(", rId: [^,]*, ([A-Za-z]+), \"");

    private final AzurePlace place;
    private final AzureAccounts.Login login;
    private final Surroundings surroundings;

    AzureFailure(AzurePlace place, AzureAccounts.Login login, Surroundings surroundings) {
        this.place = place;
        this.login = login;
        this.surroundings = surroundings;
    }

    private static <E> Optional<E> cause(Throwable e, Class<E> type) {
        for (Throwable at = e; at != null; at = at.getCause() == at ? null : at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }

    /** The answer's HTTP status; -1 if none came. */
    static int status(IOException e) {
        return cause(e, AbfsRestOperationException.class).map(AbfsRestOperationException::getStatusCode).orElse(-1);
    }

    /** The error's name; the driver knows only some of them by name, but its message has it. */
    private static String code(IOException e) {
        Optional<AbfsRestOperationException> rest = cause(e, AbfsRestOperationException.class);
        Matcher named = CODE.matcher(rest.map(Throwable::getMessage).orElse(""));
        return named.find() ? named.group(1) : rest.map(each -> String.valueOf(each.getErrorCode().getErrorCode())).orElse("");
    }

    private static String text(IOException e) {
        return cause(e, AbfsRestOperationException.class).map(rest -> String.valueOf(rest.getErrorMessage())).orElse("");
    }

    /** Whether asking again can help. */
    static boolean isPassing(IOException e) {
        if (cause(e, AzureException.class).isPresent() || cause(e, SSLHandshakeException.class).isPresent() || cause(e, SSLPeerUnverifiedException.class).isPresent()
                || cause(e, InterruptedIOException.class).filter(interrupt -> !(interrupt instanceof SocketTimeoutException)).isPresent()) {
            return false;
        }
        Optional<AbfsRestOperationException> rest = cause(e, AbfsRestOperationException.class);
        if (rest.isEmpty()) {
            return !(e instanceof FileNotFoundException);
        }
        int status = rest.get().getStatusCode();
        return status == 408 || status == 429 || status >= 500 || status < 0 && !isSignIn(rest.get());
    }

    private static boolean isSignIn(IOException e) {
        return String.valueOf(e.getMessage()).contains("Auth failure");
    }

    /** A few words on what went wrong, for a hint while it is tried again. */
    static String brief(IOException e) {
        int status = status(e);
        if (status > 0) {
            return status == 503 || status == 429 ? "it is busy (" + status + ")" : "it answered " + status;
        }
        return cause(e, UnknownHostException.class).isPresent() ? "its name is not known" : cause(e, SocketTimeoutException.class).isPresent() ? "no answer in time" : "the connection broke";
    }

    /** What a failed request means; what speaks of a file that is not there, of an interrupt or of an argument comes back as it is. */
    IOException explain(IOException e) {
        Optional<AzureException> known = cause(e, AzureException.class);
        if (known.isPresent()) {
            return known.get();
        }
        int status = status(e);
        if (status == 404 && isContainer(e)) {
            return told(AzureException.Kind.NOT_FOUND, "account " + place.account() + " has no container " + place.container() + ". Check the name", e);
        }
        if (status == 401 || status == 403) {
            return told(AzureException.Kind.DENIED, denied(status, code(e), text(e)), e);
        }
        if (status == 429 || status >= 500) {
            return told(AzureException.Kind.UNREACHABLE, "account " + place.account() + " is busy or out of order (" + status + " " + name(code(e))
                    + ") and stayed so. Try again in a while", e);
        }
        if (status < 0 && isSignIn(e) && login.tokens() != null && login.tokens().failure() instanceof AzureException failure) {
            return failure;
        }
        if (status == 400) {
            return told(AzureException.Kind.MISUSED, "account " + place.account() + " does not understand the request (" + name(code(e))
                    + "). Is it a Data Lake Storage Gen2 account (hierarchical namespace), and the sign-in one for it?", e);
        }
        if (status < 0 && !(e instanceof FileNotFoundException) && network(e) != null) {
            return told(AzureException.Kind.UNREACHABLE, network(e), e);
        }
        return e;
    }

    static boolean isContainer(IOException e) {
        String said = code(e) + " " + text(e) + " " + e.getMessage();
        return said.contains("FilesystemNotFound") || said.contains("ContainerNotFound");
    }

    private static String name(String code) {
        return code.isEmpty() || code.equals("null") || code.equals("UNKNOWN") ? "no reason given" : code;
    }

    private static AzureException told(AzureException.Kind kind, String why, IOException e) {
        return new AzureException(kind, why, e);
    }

    private String denied(int status, String code, String text) {
        Optional<Duration> ahead = code.contains("PermissionMismatch") ? Optional.empty() : surroundings.ahead();
        if (ahead.isPresent() && ahead.get().abs().compareTo(SKEW) > 0) {
            return "the clock of this machine is " + ahead.get().abs().toMinutes() + " minutes " + (ahead.get().isNegative() ? "behind" : "ahead of") + " that of account "
                    + place.account() + ", so it refuses what is signed here. Set the clock";
        }
        String said = code + " " + text;
        if (login.access().way() == AzureAccess.Way.SAS) {
            return SasTerm.of(login.access().secret()).wrong(java.time.Instant.now()).orElse("the SAS token does not allow it (" + name(code)
                    + "). It needs read, list and, to write, write, create and delete on the container, for this network");
        }
        if (said.contains("KeyBasedAuthenticationNotPermitted")) {
            return "account " + place.account() + " does not accept shared keys. Sign in with an identity, such as 'az login'";
        }
        if (login.access().way() == AzureAccess.Way.KEY) {
            return said.contains("AuthorizationFailure") ? firewall() : "the key is not one of account " + place.account() + " (" + status + " " + name(code)
                    + "). Copy it again from the portal; it may have been renewed";
        }
        if (status == 401) {
            return "account " + place.account() + " does not accept the token of the " + login.access() + " (" + name(code) + "). Sign in again, to the account's tenant";
        }
        if (said.contains("AuthorizationFailure")) {
            return firewall();
        }
        return "whoever signed in (" + login.access() + ") may not do this (" + status + " " + name(code)
                + "). Ask for the role Storage Blob Data Reader (to write: Storage Blob Data Contributor) on container " + place.container();
    }

    private String firewall() {
        return "account " + place.account() + " does not let this network in (AuthorizationFailure). Ask for this address to be allowed in the account's firewall, or use its private network";
    }

    private String network(IOException e) {
        if (cause(e, UnknownHostException.class).isPresent()) {
            return surroundings.isOnline() ? "no storage account of the name " + place.account() + " is known (" + place.host() + "). Check the name"
                    : "this machine is offline (no name can be resolved). Connect it, and try again";
        }
        if (cause(e, SSLHandshakeException.class).isPresent() || cause(e, SSLPeerUnverifiedException.class).isPresent()) {
            return "the server at " + place.host() + " does not prove who it is (its certificate is not trusted). If a proxy stands between, "
                    + "give its certificate by JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE";
        }
        if (cause(e, SocketTimeoutException.class).isPresent()) {
            return "account " + place.account() + " does not answer in time. Check the network, and try again";
        }
        return cause(e, java.net.ConnectException.class).isPresent() || cause(e, java.net.SocketException.class).isPresent() || cause(e, java.io.EOFException.class).isPresent()
                || status(e) < 0 && cause(e, org.apache.hadoop.fs.azurebfs.contracts.exceptions.AzureBlobFileSystemException.class).isPresent()
                ? "the connection to account " + place.account() + " breaks. Check the network, and try again" : null;
    }
}
