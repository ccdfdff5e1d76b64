package dev.tidemark.stream.source;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Puts TLS in front of a port of this machine; while it is open, this Java trusts its certificate. */
final class TlsFront implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final SSLContext before = SSLContext.getDefault();
    private final ServerSocket server;
    private final int target;
    private final Path store;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private TlsFront(int target, Path store) throws Exception {
        this.target = target;
        this.store = store;
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keystore", store.toString(),
                "-storepass", PASSWORD, "-alias", "front", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost").redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("front", keys.getCertificate("front"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        server = context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("localhost"));
        SSLContext.setDefault(context);
        thread(this::accept);
    }

    static TlsFront before(int port, Path store) throws Exception {
        return new TlsFront(port, store);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket hub = new Socket(InetAddress.getByName("localhost"), target);
                sockets.add(client);
                sockets.add(hub);
                thread(() -> copy(client, hub));
                thread(() -> copy(hub, client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[16_384];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // One side hung up.
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "tls");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        SSLContext.setDefault(before);
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        Files.delete(store);
    }
}
