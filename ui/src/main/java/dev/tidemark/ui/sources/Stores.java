package dev.tidemark.ui.sources;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.azure.AzureAccess;
import dev.tidemark.lake.azure.AzureAccounts;
import dev.tidemark.lake.azure.AzurePlace;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The storage accounts that the desktop knows, and how each is signed in to. What is remembered holds no secret; a key or token that was typed lives
 * until the window closes. Belongs to the thread that owns the screen.
 */
public final class Stores {

    private final Function<String, Optional<String>> remembered;
    private final BiConsumer<String, String> keep;
    private final UnaryOperator<String> environment;
    private final UnaryOperator<AzureAccess> finish;
    private final Map<String, String> typed = new HashMap<>();
    /** Accounts that have been entered, and how: whoever signed in is not asked again for opening another folder. */
    private final Map<String, SignIn> entered = new HashMap<>();

    /**
     * @param remembered  what was kept under an account's name
     * @param keep        keeps a line under an account's name
     * @param environment value of a variable, null if it is not set
     * @param finish      completes a way in before it is used, as by the server that stands for the account
     */
    public Stores(Function<String, Optional<String>> remembered, BiConsumer<String, String> keep, UnaryOperator<String> environment, UnaryOperator<AzureAccess> finish) {
        this.remembered = remembered;
        this.keep = keep;
        this.environment = environment;
        this.finish = finish;
    }

    /** Folders only, or accounts as the computer is set up for them. */
    static Stores none() {
        return new Stores(account -> Optional.empty(), (account, line) -> { }, name -> null, access -> access);
    }

    /** Whether a root is in a storage account. */
    public static boolean isStore(String root) {
        return AzurePlace.isMeant(root);
    }

    /** How the account of a root is signed in to. */
    public SignIn signIn(String root) {
        return isStore(root) ? remembered.apply(AzurePlace.of(root).account()).map(SignIn::of).orElse(SignIn.USUAL) : SignIn.USUAL;
    }

    /**
     * From now on the account of a root is signed in to this way.
     *
     * @param secret a key or token that was typed; "" for none. It is kept nowhere but in memory
     */
    public void choose(String root, SignIn signIn, String secret) {
        String account = AzurePlace.of(root).account();
        keep.accept(account, signIn.text());
        entered.remove(account);
        if (secret.isBlank()) {
            typed.remove(account);
        } else {
            typed.put(account, secret);
        }
        if (signIn.way() == SignIn.Way.SETTINGS) {
            AzureAccounts.forget(account);
        }
    }

    /** The next time the account of a root is opened, whoever signs in is asked again. */
    void forget(String root) {
        if (isStore(root)) {
            entered.remove(AzurePlace.of(root).account());
        }
    }

    /**
     * The lake at a root. LakeException INVALID if that is no place, DENIED if the secret of its sign-in is missing.
     *
     * @param teller hears what a person has to do to sign in, on any thread
     */
    Lake lake(String root, Consumer<String> teller) {
        if (!isStore(root)) {
            return Lake.at(root);
        }
        try {
            String account = AzurePlace.of(root).account();
            SignIn signIn = signIn(root);
            if (signIn.equals(entered.get(account))) {
                return Lake.at(root);
            }
            Optional<AzureAccess> access = signIn.access(typed.getOrDefault(account, ""), environment);
            Lake lake = access.map(way -> Lake.at(root, finish.apply(way.prompt(teller)))).orElseGet(() -> Lake.at(root));
            entered.put(account, signIn);
            return lake;
        } catch (IllegalArgumentException e) {
            throw new LakeException(LakeException.Reason.DENIED, e.getMessage(), e);
        }
    }
}
