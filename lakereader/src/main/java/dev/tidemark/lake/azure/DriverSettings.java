package dev.tidemark.lake.azure;

import org.apache.hadoop.conf.Configuration;

/** How Hadoop's driver is set up for an account. */
final class DriverSettings {

    private DriverSettings() {
    }

    /** Settings for one container, beside what was given. No secret is among them. */
    static Configuration of(Configuration given, AzurePlace place, AzureAccess access) {
        Configuration settings = new Configuration(given);
        switch (access.way()) {
            case KEY -> {
                settings.set("fs.azure.account.auth.type." + place.host(), "SharedKey");
                settings.set("fs.azure.account.keyprovider." + place.host(), AccountKey.class.getName());
            }
            case SAS -> {
                settings.set("fs.azure.account.auth.type." + place.host(), "SAS");
                settings.set("fs.azure.sas.token.provider.type." + place.host(), AccountSas.class.getName());
            }
            default -> {
                settings.set("fs.azure.account.auth.type." + place.host(), "Custom");
                settings.set("fs.azure.account.oauth.provider.type." + place.host(), AccountToken.class.getName());
            }
        }
        access.endpoint().ifPresent(endpoint -> settings.set("fs.azure.abfs.endpoint", endpoint));
        // Whether it is a Data Lake account would cost a request that not every SAS token allows.
        settings.setIfUnset("fs.azure.account.hns.enabled", "true");
        settings.set("fs.azure.always.use.https", "true");
        settings.setIfUnset("fs.azure.ssl.channel.mode", "Default_JSSE");
        settings.setIfUnset("fs.azure.networking.library", "JDK_HTTP_URL_CONNECTION");
        // Waiting and asking again is Attempts': it can tell, be interrupted, and knows when to stop.
        settings.setInt("fs.azure.io.retry.max.retries", 0);
        settings.setInt("fs.azure.custom.token.fetch.retry.count", 0);
        settings.setBoolean("fs.azure.enable.autothrottling", false);
        settings.setIfUnset("fs.azure.http.connection.timeout", "5000");
        settings.setIfUnset("fs.azure.http.read.timeout", "15000");
        settings.setBoolean("fs.azure.createRemoteFileSystemDuringInitialization", false);
        settings.setBoolean("fs.azure.enable.readahead", false);
        return settings;
    }
}
