package dev.tidemark.lake.azure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AzureSettingsTest {

    private static final String KEY = "c2VjcmV0LWtleS1vZi10aGUtYWNjb3VudA==";
    private static final String SAS = "sv=2024-11-04&ss=b&sp=rl&se=2026-12-01T00:00:00Z&sig=c2lnbmF0dXJl";

    @TempDir
    private Path folder;

    private AzureSettings settings(String file, String... environment) throws IOException {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        variables.put("XDG_CONFIG_HOME", folder.resolve("none").toString());
        if (file != null) {
            variables.put(AzureSettings.FILE, Files.writeString(folder.resolve("azure.properties"), file).toString());
        }
        return AzureSettings.read(variables);
    }

    @Test
    void where_nothing_is_set_an_identity_is_looked_for() throws IOException {
        assertThat(settings(null).access("plant").way()).isEqualTo(AzureAccess.Way.DEFAULT);
        assertThat(settings(null).cacheSize()).isEqualTo(2L << 30);
    }

    @Test
    void the_variables_of_azures_command_line_hold_for_the_account_that_they_name() throws IOException {
        AzureSettings key = settings(null, "AZURE_STORAGE_ACCOUNT", "plant", "AZURE_STORAGE_KEY", KEY);
        assertThat(key.access("plant").way()).isEqualTo(AzureAccess.Way.KEY);
        assertThat(key.access("plant").secret()).isEqualTo(KEY);
        assertThat(key.access("other").way()).isEqualTo(AzureAccess.Way.DEFAULT);
        assertThat(settings(null, "AZURE_STORAGE_ACCOUNT", "plant", "AZURE_STORAGE_SAS_TOKEN", "?" + SAS).access("plant").secret()).isEqualTo(SAS);
    }

    @Test
    void a_file_tells_each_account_its_way() throws IOException {
        Path secret = Files.writeString(folder.resolve("key"), KEY + "\n");
        AzureSettings settings = settings("account.plant.key-env=PLANT_KEY\naccount.store.sas-file=" + secret + "\naccount.second.key-file=" + secret
                + "\naccount.*.sign-in=azure-cli\naccount.*.tenant=contoso.com\naccount.vmlake.sign-in=managed-identity\naccount.vmlake.client=1-2-3\ncache.size=100 MB\ncache.folder=" + folder,
                "PLANT_KEY", KEY);
        assertThat(settings.access("plant").secret()).isEqualTo(KEY);
        assertThat(settings.access("second").secret()).isEqualTo(KEY);
        assertThat(settings.access("vmlake").way()).isEqualTo(AzureAccess.Way.MANAGED_IDENTITY);
        assertThat(settings.access("vmlake").client()).contains("1-2-3");
        assertThat(settings.access("any").way()).isEqualTo(AzureAccess.Way.AZURE_CLI);
        assertThat(settings.access("any").tenant()).contains("contoso.com");
        assertThat(settings.cacheSize()).isEqualTo(100L << 20);
        assertThat(settings.cacheFolder()).contains(folder);
        assertThatThrownBy(() -> settings.access("store")).hasMessageContaining("the SAS token has no signature").hasMessageNotContaining(KEY);
    }

    @Test
    void nothing_is_kept_if_so_told() throws IOException {
        assertThat(settings("cache.size=0").cacheFolder()).isEmpty();
    }

    @Test
    void mistakes_are_told_without_secrets() throws IOException {
        assertThatThrownBy(() -> settings("acount.plant.key=" + KEY)).isInstanceOf(AzureException.class)
                .hasMessageContaining("it sets acount.plant.key, which is no setting").hasMessageNotContaining(KEY);
        assertThatThrownBy(() -> settings("account.plant.key=not base64!").access("plant")).hasMessageContaining("the account key is no base64 text").hasMessageNotContaining("not base64!");
        assertThatThrownBy(() -> settings("account.plant.key-env=PLANT_KEY").access("plant")).hasMessageContaining("the variable PLANT_KEY");
        assertThatThrownBy(() -> settings("account.plant.key-file=/none").access("plant")).hasMessageContaining("the file /none");
        assertThatThrownBy(() -> settings("account.plant.sign-in=magic").access("plant")).hasMessageContaining("expected default, environment");
        assertThatThrownBy(() -> settings("cache.size=much").cacheSize()).hasMessageContaining("cache.size is no size");
        assertThatThrownBy(() -> AzureSettings.read(Map.of(AzureSettings.FILE, folder.resolve("none").toString()))).hasMessageContaining("it is not there");
    }

    @Test
    void ways_in_do_not_show_secrets() {
        assertThat(AzureAccess.key(KEY).tenant("t")).hasToString("shared key");
        assertThat(AzureAccess.sas(SAS)).hasToString("SAS token");
        assertThat(new AzureAccounts.Login("plant", AzureAccess.sas(SAS), null).toString()).doesNotContain("sig=");
    }

    @Test
    void a_sas_token_knows_its_term() {
        assertThat(SasTerm.of(SAS).wrong(java.time.Instant.parse("2026-12-02T00:00:00Z"))).hasValueSatisfying(why -> assertThat(why).contains("ended at 2026-12-01T00:00:00Z"));
        assertThat(SasTerm.of(SAS).wrong(java.time.Instant.parse("2026-11-21T00:00:00Z"))).isEmpty();
        assertThat(SasTerm.of("st=2027-01-01&sig=x").wrong(java.time.Instant.parse("2026-11-21T00:00:00Z"))).isPresent();
        assertThat(SasTerm.of("se=2026-12-01T00%3A00Z&sig=x").end()).isEqualTo(java.time.Instant.parse("2026-12-01T00:00:00Z"));
    }
}
