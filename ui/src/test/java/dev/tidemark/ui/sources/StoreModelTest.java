package dev.tidemark.ui.sources;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoreModelTest {

    private static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private final StoreModel model = new StoreModel();

    @BeforeEach
    void an_account() {
        model.accountProperty().set("plantdata");
        model.containerProperty().set("lake");
    }

    @Test
    void account_container_and_folder_make_a_root() {
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(model.root()).isEqualTo("abfss://lake@plantdata.dfs.core.windows.net");
        model.folderProperty().set("/plant/north/ ");
        model.accountProperty().set("plantdata.dfs.core.chinacloudapi.cn");
        assertThat(model.root()).isEqualTo("abfss://lake@plantdata.dfs.core.chinacloudapi.cn/plant/north");
    }

    @Test
    void a_url_that_is_pasted_is_taken_apart() {
        assertThat(model.take("abfss://raw@other")).isFalse();
        assertThat(model.take(" abfss://raw@other.dfs.core.windows.net/a/b")).isTrue();
        assertThat(model.accountProperty().get()).isEqualTo("other");
        assertThat(model.containerProperty().get()).isEqualTo("raw");
        assertThat(model.folderProperty().get()).isEqualTo("a/b");
    }

    @Test
    void what_is_wrong_is_told_one_thing_at_a_time() {
        model.accountProperty().set("Plant_Data");
        assertThat(model.problemProperty().get()).contains("account's name");
        model.accountProperty().set("plantdata");
        model.containerProperty().set("a");
        assertThat(model.problemProperty().get()).contains("container's name");
        model.containerProperty().set("lake");
        model.wayProperty().set(SignIn.Way.KEY);
        assertThat(model.problemProperty().get()).contains("variable");
        model.secretProperty().set("not a key");
        assertThat(model.problemProperty().get()).contains("base64").doesNotContain("not a key");
        model.wayProperty().set(SignIn.Way.SAS);
        assertThat(model.problemProperty().get()).contains("no signature");
    }

    @Test
    void a_url_with_a_token_is_refused_without_repeating_it() {
        model.folderProperty().set("plant?sv=2024&sig=s3cr3t");
        assertThat(model.problemProperty().get()).contains("must not carry").doesNotContain("s3cr3t");
    }

    @Test
    void what_is_remembered_of_a_sign_in_holds_no_secret_and_comes_back() {
        model.wayProperty().set(SignIn.Way.KEY);
        model.variableProperty().set("PLANT_KEY");
        assertThat(SignIn.of(model.signIn().text())).isEqualTo(new SignIn(SignIn.Way.KEY, "PLANT_KEY", "", ""));
        model.secretProperty().set(KEY);
        assertThat(model.signIn().text()).isEqualTo("KEY   ");
        model.wayProperty().set(SignIn.Way.BROWSER);
        model.tenantProperty().set("contoso.com");
        assertThat(SignIn.of(model.signIn().text())).isEqualTo(new SignIn(SignIn.Way.BROWSER, "", "contoso.com", ""));
        assertThat(SignIn.of("nonsense")).isEqualTo(SignIn.USUAL);
    }

    @Test
    void a_secret_comes_from_what_is_typed_or_from_the_variable() {
        SignIn signIn = new SignIn(SignIn.Way.KEY, "PLANT_KEY", "", "");
        assertThat(signIn.access("", Map.of("PLANT_KEY", KEY)::get).orElseThrow().toString()).isEqualTo("shared key");
        assertThat(signIn.access(KEY, name -> null)).isPresent();
        assertThatThrownBy(() -> signIn.access("", name -> null)).hasMessageContaining("PLANT_KEY is not set");
        assertThat(SignIn.USUAL.access("", name -> null)).isEmpty();
    }

    @Test
    void accounts_are_remembered_by_name_and_typed_secrets_are_not() {
        Map<String, String> kept = new HashMap<>();
        Stores stores = new Stores(account -> Optional.ofNullable(kept.get(account)), kept::put, name -> null, access -> access);
        stores.choose("abfss://lake@plantdata.dfs.core.windows.net/plant", new SignIn(SignIn.Way.KEY, "", "", ""), KEY);
        assertThat(kept).containsExactly(Map.entry("plantdata", "KEY   "));
        assertThat(stores.signIn("abfss://other@plantdata.dfs.core.windows.net").way()).isEqualTo(SignIn.Way.KEY);
        assertThat(stores.lake("abfss://other@plantdata.dfs.core.windows.net", told -> { }).root()).contains("other@plantdata");
        assertThat(stores.signIn("/var/lake")).isEqualTo(SignIn.USUAL);
    }

    @Test
    void page_and_code_are_found_in_what_a_sign_in_says() {
        assertThat(Prompt.of("To sign in to storage account x, open https://microsoft.com/devicelogin and enter the code AB12-CD34"))
                .extracting(Prompt::page, Prompt::code).containsExactly("https://microsoft.com/devicelogin", "AB12-CD34");
        assertThat(Prompt.of("Sign in to storage account x in the page that opens in your browser")).extracting(Prompt::page, Prompt::code).containsExactly("", "");
    }
}
