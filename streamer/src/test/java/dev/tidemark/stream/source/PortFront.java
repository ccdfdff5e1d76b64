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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that stays the same while what stands behind it changes; with TLS, if wanted: then this Java trusts its certificate until it is closed. */
public final class PortFront implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final SSLContext before = defaultContext();
    private final ServerSocket server;
    private volatile int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private PortFront(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
        thread(this::accept);
    }

    /** Everything is passed on as it is. */
    public static PortFront plain(int target) throws IOException {
        return new PortFront(new ServerSocket(0, 50, InetAddress.getByName("localhost")), target);
    }

    /** @param store a file for the key; is made */
    public static PortFront tls(int target, Path store) throws Exception {
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keystore", store.toString(),
                "-storepass", PASSWORD, "-alias", "front", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost").redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
        PortFront front = new PortFront(context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("localhost")), target);
        SSLContext.setDefault(context);
        return front;
    }

    /** What new connections lead to. */
    public void target(int port) {
        target = port;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                sockets.add(client);
                Socket hub;
                try {
                    hub = new Socket(InetAddress.getByName("localhost"), target);
                } catch (IOException e) {
                    client.close();
                    continue;
                }
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

    private static SSLContext defaultContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "front");
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
    }
}
