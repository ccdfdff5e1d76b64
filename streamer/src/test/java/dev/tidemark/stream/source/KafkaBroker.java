package dev.tidemark.stream.source;

import dev.tidemark.stream.Patience;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.SaslConfigs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A real Kafka broker (KRaft, broker and controller in one) in this process, on loopback. Its libraries do not get along with those of the streamer,
 * so it lives in a class loader of its own, made of what the build puts into {@code target/kafka-broker}.
 */
public final class KafkaBroker implements AutoCloseable {

    /** As Event Hubs' Kafka endpoint wants it. */
    public static final String USER = "$ConnectionString";

    private static final ClassLoader LIBRARIES = libraries();

    private final Path folder;
    private final String password;
    private final int port;
    private final int controllerPort;
    private Object server;

    private KafkaBroker(Path folder, String password) throws IOException {
        this.folder = folder;
        this.password = password;
        this.port = freePort();
        this.controllerPort = freePort();
    }

    /** A broker that lets everyone in. */
    public static KafkaBroker start(Path folder) throws Exception {
        return start(folder, null);
    }

    /** A broker that lets in {@link #USER} with a password (SASL PLAIN); everyone if it is null. */
    public static KafkaBroker start(Path folder, String password) throws Exception {
        KafkaBroker broker = new KafkaBroker(folder, password);
        broker.format();
        broker.start();
        return broker;
    }

    /** Where clients find it. */
    public String servers() {
        return "127.0.0.1:" + port;
    }

    /** Properties of a client that is let in. */
    public Map<String, Object> client() {
        Map<String, Object> properties = new HashMap<>(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers()));
        if (password != null) {
            properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_PLAINTEXT");
            properties.put(SaslConfigs.SASL_MECHANISM, "PLAIN");
            properties.put(SaslConfigs.SASL_JAAS_CONFIG, login(password));
        }
        return properties;
    }

    /**
     * Properties of a client that writes: one request after the other, because a topic that was made just now may refuse the first and take the second; then the
     * first could never be written.
     */
    public Map<String, Object> writer() {
        Map<String, Object> properties = client();
        properties.put("max.in.flight.requests.per.connection", 1);
        return properties;
    }

    /** The line that logs {@link #USER} in. */
    public static String login(String password) {
        return module(password, "");
    }

    private static String module(String password, String more) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + USER + "\" password=\"" + password + "\"" + more + ";";
    }

    /** Starts it unless it runs, on the same port and with the same data after {@link #stop}. */
    public void start() throws Exception {
        if (server != null) {
            return;
        }
        inItsWorld(() -> {
            Class<?> config = LIBRARIES.loadClass("kafka.server.KafkaConfig");
            Class<?> time = LIBRARIES.loadClass("org.apache.kafka.common.utils.Time");
            server = LIBRARIES.loadClass("kafka.server.KafkaRaftServer").getConstructor(config, time).newInstance(
                    config.getMethod("fromProps", Properties.class, boolean.class).invoke(null, settings(), false), time.getField("SYSTEM").get(null));
            call(server, "startup");
        });
    }

    /** Stops it in order. */
    public void stop() throws Exception {
        if (server != null) {
            inItsWorld(() -> {
                call(server, "shutdown");
                call(server, "awaitShutdown");
            });
            server = null;
        }
    }

    @Override
    public void close() throws Exception {
        stop();
    }

    private void format() throws Exception {
        Files.createDirectories(folder);
        inItsWorld(() -> {
            Class<?> version = LIBRARIES.loadClass("org.apache.kafka.server.common.MetadataVersion");
            Object id = call(LIBRARIES.loadClass("org.apache.kafka.common.Uuid"), null, "randomUuid", new Class<?>[0]).toString();
            Class<?> type = LIBRARIES.loadClass("org.apache.kafka.metadata.storage.Formatter");
            Object formatter = type.getConstructor().newInstance();
            call(type, formatter, "setPrintStream", new Class<?>[] {PrintStream.class}, new PrintStream(OutputStream.nullOutputStream()));
            call(type, formatter, "setClusterId", new Class<?>[] {String.class}, id);
            call(type, formatter, "setNodeId", new Class<?>[] {int.class}, 1);
            call(type, formatter, "setDirectories", new Class<?>[] {Collection.class}, List.of(folder.toString()));
            call(type, formatter, "setReleaseVersion", new Class<?>[] {version}, call(version, null, "latestProduction", new Class<?>[0]));
            call(type, formatter, "setControllerListenerName", new Class<?>[] {String.class}, "CONTROLLER");
            call(type, formatter, "setMetadataLogDirectory", new Class<?>[] {String.class}, folder.toString());
            call(type, formatter, "run", new Class<?>[0]);
        });
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.putAll(Map.of("node.id", "1", "process.roles", "broker,controller",
                "listeners", "BROKER://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", "BROKER://127.0.0.1:" + port,
                "controller.listener.names", "CONTROLLER", "inter.broker.listener.name", "BROKER",
                "listener.security.protocol.map", "BROKER:" + (password == null ? "PLAINTEXT" : "SASL_PLAINTEXT") + ",CONTROLLER:PLAINTEXT",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort, "log.dirs", folder.toString(), "auto.create.topics.enable", "false"));
        settings.putAll(Map.of("offsets.topic.replication.factor", "1", "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1", "transaction.state.log.min.isr", "1", "transaction.state.log.num.partitions", "1",
                "log.cleaner.enable", "false", "num.network.threads", "1", "num.io.threads", "2", "background.threads", "1",
                "controlled.shutdown.enable", "false"));
        // What a topic no longer retains, or a topic that was deleted, is gone at once.
        settings.putAll(Map.of("log.segment.delete.delay.ms", "0", "file.delete.delay.ms", "0"));
        if (password != null) {
            settings.putAll(Map.of("sasl.enabled.mechanisms", "PLAIN", "sasl.mechanism.inter.broker.protocol", "PLAIN",
                    "listener.name.broker.plain.sasl.jaas.config", module(password, " user_" + USER + "=\"" + password + "\"")));
        }
        return settings;
    }

    /** Makes a topic, and waits until the broker leads it, which is a moment later. */
    public static void create(Admin admin, String topic, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
        Patience.until(() -> described(admin, topic).stream().filter(partition -> partition.leader() != null).count() == partitions, () -> described(admin, topic));
    }

    /** Deletes a topic, and waits until the broker has forgotten it: what is sent before then may go to it. */
    public static void delete(Admin admin, String topic) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
        Patience.until(() -> !names(admin).contains(topic), () -> names(admin));
    }

    private static List<TopicPartitionInfo> described(Admin admin, String topic) {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions();
        } catch (ExecutionException e) {
            return List.of();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> names(Admin admin) {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void inItsWorld(Step step) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader ours = thread.getContextClassLoader();
        thread.setContextClassLoader(LIBRARIES);
        try {
            step.run();
        } finally {
            thread.setContextClassLoader(ours);
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return call(target.getClass(), target, method, new Class<?>[0]);
    }

    private static Object call(Class<?> type, Object target, String method, Class<?>[] parameters, Object... arguments) throws ReflectiveOperationException {
        return type.getMethod(method, parameters).invoke(target, arguments);
    }

    private static ClassLoader libraries() {
        Path jars = Path.of(System.getProperty("basedir", ""), "target", "kafka-broker");
        List<URL> urls = new ArrayList<>();
        try (var files = Files.newDirectoryStream(jars, "*.jar")) {
            for (Path jar : files) {
                urls.add(jar.toUri().toURL());
            }
        } catch (IOException e) {
            throw new IllegalStateException("No broker in " + jars.toAbsolutePath() + ": run mvn -pl streamer generate-test-resources", e);
        }
        return new URLClassLoader("kafka-broker", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /** One that no system hands out by itself: nobody is given it before the broker begins, or while it is stopped. */
    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 16_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Another one, then.
            }
        }
    }
}
