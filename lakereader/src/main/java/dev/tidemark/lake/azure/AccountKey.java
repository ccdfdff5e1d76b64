package dev.tidemark.lake.azure;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.KeyProviderException;
import org.apache.hadoop.fs.azurebfs.services.KeyProvider;

/** Hands an account's key to Hadoop's driver, so that it stands in no settings that somebody might print. Public because Hadoop makes it by name. */
public final class AccountKey implements KeyProvider {

    /** For Hadoop. */
    public AccountKey() {
    }

    @Override
    public String getStorageAccountKey(String host, Configuration settings) throws KeyProviderException {
        try {
            return AzureAccounts.login(host.split("\\.")[0]).access().secret();
        } catch (AzureException e) {
            throw new KeyProviderException(e.getMessage(), e);
        }
    }
}
