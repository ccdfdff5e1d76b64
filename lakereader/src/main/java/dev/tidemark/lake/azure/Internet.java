package dev.tidemark.lake.azure;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URL;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a failed request makes us ask the network. */
record Internet(AzurePlace place, AzureAccess access) implements AzureFailure.Surroundings {

    private static final String KNOWN_HOST = "login.microsoftonline.com";
    private static final int PATIENCE_MILLIS = 3_000;

    @Override
    public boolean isOnline() {
        try {
            return InetAddress.getByName(KNOWN_HOST) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Every answer of the service names its time, a refusal too. */
    @Override
    public Optional<Duration> ahead() {
        try {
            HttpURLConnection ask = (HttpURLConnection) new URL("https://" + access.endpoint().orElse(place.host()) + "/").openConnection();
            ask.setConnectTimeout(PATIENCE_MILLIS);
            ask.setReadTimeout(PATIENCE_MILLIS);
            ask.setRequestMethod("HEAD");
            long date = ask.getHeaderFieldDate("Date", 0);
            ask.disconnect();
            return date == 0 ? Optional.empty() : Optional.of(Duration.between(Instant.ofEpochMilli(date), Instant.now()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
