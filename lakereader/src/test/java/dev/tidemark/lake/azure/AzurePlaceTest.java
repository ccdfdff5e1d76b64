package dev.tidemark.lake.azure;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AzurePlaceTest {

    @Test
    void a_url_is_container_account_and_path() {
        AzurePlace place = AzurePlace.of("abfss://lake@plantdata.dfs.core.windows.net/gold/win dows");
        assertThat(place.container()).isEqualTo("lake");
        assertThat(place.account()).isEqualTo("plantdata");
        assertThat(place.path()).isEqualTo("/gold/win dows");
        assertThat(place).hasToString("abfss://lake@plantdata.dfs.core.windows.net/gold/win dows");
        assertThat(AzurePlace.of("ABFSS://lake@Plantdata.dfs.core.windows.net").path()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abfss://plantdata.dfs.core.windows.net/lake", "abfss://lake@plantdata", "abfss://lake@/x", "abfss://@plantdata.dfs.core.windows.net/x",
        "abfss://lake@plantdata.blob.core.windows.net/x"})
    void what_names_no_container_and_account_is_told_what_is_expected(String url) {
        assertThatThrownBy(() -> Lake.at(url)).isInstanceOf(LakeException.class).hasMessageContaining("expected abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/FOLDER")
                .hasMessageContaining(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abfss://lake@plantdata.dfs.core.windows.net/gold?sv=2024-11-04&sp=rl&sig=TOPSECRET%3D", "https://plantdata.dfs.core.windows.net/lake/gold?sig=TOPSECRET",
        "https://plantdata.blob.core.windows.net/lake?sv=1&SIG=TOPSECRET&se=2", "abfss://lake:TOPSECRET@plantdata.dfs.core.windows.net/gold",
        "DefaultEndpointsProtocol=https;AccountName=plantdata;AccountKey=TOPSECRET;EndpointSuffix=core.windows.net"})
    void a_secret_in_a_place_is_refused_and_not_repeated(String url) {
        assertThatThrownBy(() -> Lake.at(url)).isInstanceOf(LakeException.class).hasMessageContaining("carries a key or a SAS token")
                .hasMessageContaining("AZURE_STORAGE_SAS_TOKEN").hasMessageNotContaining("TOPSECRET").hasRootCauseMessage(
                        assertThatMessage(url));
    }

    private static String assertThatMessage(String url) {
        try {
            AzurePlace.refuseSecret(url);
            return null;
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).doesNotContain("TOPSECRET");
            return e.getMessage();
        }
    }
}
