package dev.tidemark.ui;

import dev.tidemark.lake.azure.AzureAccess;
import dev.tidemark.lake.azure.Certificates;
import dev.tidemark.lake.azure.DfsGate;
import dev.tidemark.lake.azure.DfsServer;
import dev.tidemark.lake.azure.DfsTree;
import dev.tidemark.lake.azure.StoreCache;
import dev.tidemark.lake.azure.TokenServer;
import dev.tidemark.ui.sources.SignIn;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** An operator signs in to a storage account: one of this machine, which checks keys and tokens as Azure does. */
class StoreTest extends OperatorTest {

    private static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final String OTHER = "AAAAAdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    @TempDir
    private static Path cache;

    private final List<String> pages = new ArrayList<>();
    private TokenServer entra;
    private DfsServer byKey;
    private DfsServer byToken;

    @Start
    void begin(Stage shown) throws Exception {
        Certificates.trust();
        StoreCache.use(cache, 0);
        entra = new TokenServer(true).unentered();
        byKey = new DfsServer("plantdata", DfsGate.key("plantdata", KEY));
        byToken = new DfsServer("plantpeople", DfsGate.bearer(token -> token.equals(entra.newest())));
        start(shown);
        copy(byKey.container("lake"));
        copy(byToken.container("lake"));
    }

    @Stop
    void end() {
        stop();
        entra.close();
        byKey.close();
        byToken.close();
        // The ways in stay known: who still asks for these accounts asks a server of this machine that is gone, not the Internet.
    }

    @Override
    Dialogs dialogs() {
        return new Dialogs(Optional::empty, name -> Optional.empty(), Optional::empty, browsed -> { }, pages::add,
                access -> access.authority(entra.url()).endpoint(access.way() == AzureAccess.Way.KEY ? byKey.endpoint() : byToken.endpoint()), Dialogs.SILENT);
    }

    private void copy(DfsTree container) throws IOException {
        try (var files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).filter(file -> file.toString().contains("gold")).toList()) {
                container.file("plant/" + place.relativize(file), Files.readAllBytes(file), TEN);
            }
        }
    }

    private void write(Operator robot, String field, String text) {
        robot.interact(() -> {
            robot.lookup(field).queryAs(TextInputControl.class).clear();
            robot.lookup(field).query().requestFocus();
        });
        robot.write(text, 0);
    }

    private void choose(Operator robot, SignIn.Way way) {
        robot.interact(() -> robot.lookup("#store-way").<ComboBox<SignIn.Way>>query().setValue(way));
    }

    private String settings() throws IOException {
        return Files.readString(place.resolve("desktop.properties"));
    }

    @Test
    void a_wrong_key_is_told_and_the_right_one_opens_the_lake_and_neither_is_kept(Operator robot) throws Exception {
        robot.clickOn("Open a storage account\u2026");
        until(() -> says(robot, "#store-note", "Give the account"));
        robot.clickOn("#store-account").write("plantdata", 0);
        until(() -> says(robot, "#store-note", "Give the container"));
        robot.clickOn("#store-container").write("lake", 0).clickOn("#store-folder").write("plant", 0);
        choose(robot, SignIn.Way.KEY);
        until(() -> says(robot, "#store-note", "Name the environment variable"));
        write(robot, "#store-secret", OTHER);
        robot.clickOn("#store-open");
        until(() -> says(robot, ".state-title", "The storage account does not let us in") && says(robot, ".state-text", "the key is not one of account plantdata"));

        robot.clickOn("Sign in another way\u2026");
        until(() -> robot.lookup("#store-container").tryQueryAs(TextInputControl.class).filter(field -> field.getText().equals("lake")).isPresent());
        write(robot, "#store-secret", KEY);
        robot.type(KeyCode.ENTER);
        until(() -> says(robot, "#badgeText", "LIVE") && says(robot, "#version", "v 2"));
        robot.clickOn("#page-sources");
        until(() -> says(robot, ".lake-row .label", "Connected"));
        assertThat(settings()).contains("account.plantdata=KEY", "abfss\\://lake@plantdata.dfs.core.windows.net/plant").doesNotContain(KEY.substring(0, 12), OTHER.substring(0, 12));
    }

    @Test
    void a_device_code_is_shown_can_be_copied_and_signs_in(Operator robot) throws Exception {
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
        until(() -> !robot.lookup("#store-dialog").queryAll().isEmpty());
        // A whole URL is taken apart.
        robot.interact(() -> robot.lookup("#store-account").queryAs(TextInputControl.class).setText("abfss://lake@plantpeople.dfs.core.windows.net/plant"));
        assertThat(robot.lookup("#store-account").queryAs(TextInputControl.class).getText()).isEqualTo("plantpeople");
        choose(robot, SignIn.Way.DEVICE_CODE);
        robot.clickOn("#store-open");
        until(() -> node(robot, "#sign-in").isVisible());
        until(() -> robot.lookup("#sign-in-code").queryAs(TextInputControl.class).getText().equals("ABC-123"));
        robot.clickOn("#sign-in-copy").clickOn("#sign-in-page");
        robot.interact(() -> assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo("ABC-123"));
        assertThat(pages).containsExactly("https://example.com/devicelogin");
        entra.entered();
        until(() -> says(robot, "#badgeText", "LIVE") && !node(robot, "#sign-in").isVisible());
        assertThat(settings()).contains("account.plantpeople=DEVICE_CODE").doesNotContain("token-");
    }

    @Test
    void a_variable_that_is_not_set_is_told_by_name(Operator robot) {
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
        until(() -> !robot.lookup("#store-dialog").queryAll().isEmpty());
        robot.clickOn("#store-account").write("plantdata", 0).clickOn("#store-container").write("lake", 0);
        choose(robot, SignIn.Way.SAS);
        write(robot, "#store-variable", "NO_SUCH_VARIABLE_OF_OURS");
        robot.clickOn("#store-open");
        until(() -> says(robot, ".state-text", "NO_SUCH_VARIABLE_OF_OURS is not set"));
    }

    @Test
    void a_container_that_is_not_there_is_another_thing_than_no_permission(Operator robot) {
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
        until(() -> !robot.lookup("#store-dialog").queryAll().isEmpty());
        robot.clickOn("#store-account").write("plantdata", 0).clickOn("#store-container").write("attic", 0);
        choose(robot, SignIn.Way.KEY);
        write(robot, "#store-secret", KEY);
        robot.clickOn("#store-open");
        until(() -> says(robot, ".state-title", "There is no lake here") && says(robot, ".state-text", "account plantdata has no container attic"));
    }
}
