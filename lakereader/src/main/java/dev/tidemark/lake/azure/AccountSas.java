package dev.tidemark.lake.azure;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.azurebfs.extensions.SASTokenProvider;

import java.io.IOException;

/** Hands an account's SAS token to Hadoop's driver. Public because Hadoop makes it by name. */
public final class AccountSas implements SASTokenProvider {

    /** For Hadoop. */
    public AccountSas() {
    }

    @Override
    public void initialize(Configuration settings, String host) {
        // The token is asked for when it is needed.
    }

    @Override
    public String getSASToken(String host, String container, String path, String operation) throws IOException {
        return AzureAccounts.login(host.split("\\.")[0]).access().secret();
    }
}
