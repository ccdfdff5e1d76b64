package dev.tidemark.lake.azure;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.azurebfs.extensions.CustomTokenProviderAdaptee;

import java.io.IOException;
import java.util.Date;

/** Hands the token of an identity to Hadoop's driver. Public because Hadoop makes it by name. */
public final class AccountToken implements CustomTokenProviderAdaptee {

    private String account;

    /** For Hadoop. */
    public AccountToken() {
    }

    @Override
    public void initialize(Configuration settings, String host) {
        account = host.split("\\.")[0];
    }

    @Override
    public String getAccessToken() throws IOException {
        return AzureAccounts.login(account).tokens().get();
    }

    /** Always over, so that it asks each time: only {@link Tokens} knows of a token that the account has refused. */
    @Override
    public Date getExpiryTime() {
        return new Date(0);
    }
}
