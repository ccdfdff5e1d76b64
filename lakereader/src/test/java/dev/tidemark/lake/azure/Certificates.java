package dev.tidemark.lake.azure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The certificate of this machine's test servers, and a JVM that trusts it. */
public final class Certificates {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final SSLContext CONTEXT = context();

    private Certificates() {
    }

    private static SSLContext context() {
        try (InputStream in = Certificates.class.getResourceAsStream("localhost.p12")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, PASSWORD);
            trusted.setCertificateEntry("localhost", store.getCertificate("localhost"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same as a file, for the system property {@code javax.net.ssl.trustStore} (password: changeit). */
    static Path trustStore(Path folder) throws IOException {
        try (InputStream in = Certificates.class.getResourceAsStream("localhost.p12"); OutputStream out = Files.newOutputStream(folder.resolve("trusted.p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, PASSWORD);
            trusted.setCertificateEntry("localhost", store.getCertificate("localhost"));
            trusted.store(out, PASSWORD);
            return folder.resolve("trusted.p12");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a server, and for clients that trust it. */
    static SSLContext tls() {
        return CONTEXT;
    }

    /** Has this JVM's clients trust the certificate; before any of them has asked for the default. */
    public static void trust() {
        SSLContext.setDefault(CONTEXT);
        javax.net.ssl.HttpsURLConnection.setDefaultSSLSocketFactory(CONTEXT.getSocketFactory());
    }
}
