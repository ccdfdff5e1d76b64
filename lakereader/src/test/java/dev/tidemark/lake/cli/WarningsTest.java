package dev.tidemark.lake.cli;

import org.junit.jupiter.api.Test;
import org.slf4j.ILoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class WarningsTest {

    private final ILoggerFactory loggers = new Warnings().getLoggerFactory();

    @Test
    void a_person_hears_of_warnings_and_not_of_how_things_go() {
        assertThat(loggers.getLogger("any").isWarnEnabled()).isTrue();
        assertThat(loggers.getLogger("any").isErrorEnabled()).isTrue();
        assertThat(loggers.getLogger("any").isInfoEnabled()).isFalse();
        assertThat(loggers.getLogger("any").isDebugEnabled()).isFalse();
    }

    @Test
    void that_hadoop_has_no_native_library_is_no_news() {
        assertThat(loggers.getLogger("org.apache.hadoop.util.NativeCodeLoader").isWarnEnabled()).isFalse();
        assertThat(loggers.getLogger("org.apache.hadoop.util.NativeCodeLoader").isErrorEnabled()).isTrue();
    }

    @Test
    void what_azures_clients_say_is_told_in_our_words() {
        assertThat(loggers.getLogger("com.azure.identity.ClientSecretCredential").isErrorEnabled()).isFalse();
        assertThat(loggers.getLogger("org.apache.hadoop.fs.azurebfs.services.AbfsClient").isErrorEnabled()).isFalse();
    }
}
