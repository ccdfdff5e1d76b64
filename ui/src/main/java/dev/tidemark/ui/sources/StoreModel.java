package dev.tidemark.ui.sources;

import dev.tidemark.lake.azure.AzurePlace;
import dev.tidemark.ui.text.Messages;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** A storage account as the operator writes it down: where, and how to sign in. Belongs to the thread that owns the screen. */
public final class StoreModel {

    private static final String USUAL_HOST = ".dfs.core.windows.net";

    private final StringProperty account = new SimpleStringProperty("");
    private final StringProperty container = new SimpleStringProperty("");
    private final StringProperty folder = new SimpleStringProperty("");
    private final ObjectProperty<SignIn.Way> way = new SimpleObjectProperty<>(SignIn.Way.AZURE_CLI);
    private final StringProperty variable = new SimpleStringProperty("");
    private final StringProperty secret = new SimpleStringProperty("");
    private final StringProperty tenant = new SimpleStringProperty("");
    private final StringProperty client = new SimpleStringProperty("");
    private final StringBinding problem = Bindings.createStringBinding(this::wrong, account, container, folder, way, variable, secret, tenant, client);

    /** Whoever has the whole URL pastes it where he is: it is taken apart. @return whether it was one */
    boolean take(String text) {
        if (!Stores.isStore(text.strip()) || !isPlace(text.strip())) {
            return false;
        }
        write(text.strip());
        return true;
    }

    /** Writes down what is known of a root in a storage account. */
    public void write(String root, SignIn signIn) {
        write(root);
        way.set(signIn.way());
        variable.set(signIn.variable());
        tenant.set(signIn.tenant());
        client.set(signIn.client());
    }

    private void write(String root) {
        AzurePlace place = AzurePlace.of(root);
        container.set(place.container());
        folder.set(place.path().replaceAll("^/+|/+$", ""));
        account.set(place.host().endsWith(USUAL_HOST) ? place.account() : place.host());
    }

    private static boolean isPlace(String text) {
        try {
            AzurePlace.of(text);
            return true;
        } catch (IllegalArgumentException notYet) {
            return false;
        }
    }

    /** The account's name, or its host where that is another than the public cloud's. */
    public StringProperty accountProperty() {
        return account;
    }

    public StringProperty containerProperty() {
        return container;
    }

    /** In the container; empty for all of it. */
    public StringProperty folderProperty() {
        return folder;
    }

    public ObjectProperty<SignIn.Way> wayProperty() {
        return way;
    }

    /** The environment variable that holds the secret. */
    public StringProperty variableProperty() {
        return variable;
    }

    /** The secret itself, in place of a variable. */
    public StringProperty secretProperty() {
        return secret;
    }

    public StringProperty tenantProperty() {
        return tenant;
    }

    public StringProperty clientProperty() {
        return client;
    }

    /** What is still missing or wrong, in words; "" if it can be opened. Never repeats a secret. */
    public StringBinding problemProperty() {
        return problem;
    }

    /** The root of the lake. */
    public String root() {
        String host = account.get().strip();
        String path = folder.get().strip().replaceAll("^/+|/+$", "");
        return "abfss://" + container.get().strip() + "@" + (host.contains(".") ? host : host + USUAL_HOST) + (path.isEmpty() ? "" : "/" + path);
    }

    /** How to sign in. */
    public SignIn signIn() {
        SignIn.Way chosen = way.get();
        return new SignIn(chosen, chosen.hasSecret() && secret.get().isBlank() ? variable.get().strip() : "", chosen.hasTenant() ? tenant.get().strip() : "",
                chosen.hasClient() ? client.get().strip() : "");
    }

    private String wrong() {
        try {
            AzurePlace.refuseSecret(account.get() + " " + container.get() + " " + folder.get());
        } catch (IllegalArgumentException told) {
            return Messages.text("store.wrong.url");
        }
        String name = account.get().strip();
        if (!name.matches("[a-z0-9]{3,24}") && !name.matches("[a-z0-9]{3,24}(\\.[A-Za-z0-9-]+)+")) {
            return Messages.text("store.wrong.account");
        }
        if (!container.get().strip().matches("[a-z0-9$][a-z0-9-]{1,61}[a-z0-9]")) {
            return Messages.text("store.wrong.container");
        }
        if ((tenant.get() + client.get() + variable.get()).strip().matches(".*\\s.*")) {
            return Messages.text("store.wrong.space");
        }
        try {
            AzurePlace.of(root());
            return secretProblem();
        } catch (IllegalArgumentException told) {
            return told.getMessage();
        }
    }

    private String secretProblem() {
        if (!way.get().hasSecret() || secret.get().isBlank()) {
            return way.get().hasSecret() && variable.get().isBlank() ? Messages.text("store.wrong.secret") : "";
        }
        try {
            // What cannot be a key or a token is told before it is tried.
            signIn().access(secret.get(), name -> null);
            return "";
        } catch (IllegalArgumentException told) {
            return told.getMessage();
        }
    }
}
