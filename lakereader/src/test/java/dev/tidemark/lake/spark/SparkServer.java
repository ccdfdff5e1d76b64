package dev.tidemark.lake.spark;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The process that {@link Spark} talks to: takes SQL statements from its standard input and answers with rows until that ends.
 * Knows Spark by reflection only, for Spark is never on the class path that this is compiled with.
 */
final class SparkServer {

    private final Object session;

    private SparkServer(Object session) {
        this.session = session;
    }

    /** @param args settings of the session, each {@code key=value} */
    public static void main(String[] args) throws Exception {
        DataInputStream in = new DataInputStream(System.in);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        // Whatever Spark prints is no answer.
        System.setOut(System.err);
        Object builder = Class.forName("org.apache.spark.sql.SparkSession").getMethod("builder").invoke(null);
        for (String setting : args) {
            int equals = setting.indexOf('=');
            call(builder, "config", setting.substring(0, equals), setting.substring(equals + 1));
        }
        SparkServer server = new SparkServer(call(builder, "getOrCreate"));
        while (true) {
            String statement;
            try {
                statement = text(in);
            } catch (EOFException end) {
                // Its folders are deleted by whoever started it: nothing is worth an orderly end.
                Runtime.getRuntime().halt(0);
                return;
            }
            server.answer(statement, out);
            out.flush();
        }
    }

    private void answer(String statement, DataOutputStream out) throws IOException {
        try {
            List<?> rows = (List<?>) call(call(session, "sql", statement), "collectAsList");
            List<String> texts = rows.stream().map(SparkRow::json).toList();
            out.writeInt(texts.size());
            for (String row : texts) {
                text(out, row);
            }
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
            out.writeInt(-1);
            text(out, told(cause));
        }
    }

    /** What went wrong, and why, without the hundreds of lines of a trace. */
    private static String told(Throwable failure) {
        String where = failure.getStackTrace().length == 0 ? "" : " at " + failure.getStackTrace()[0];
        String what = failure.toString();
        return what.substring(0, Math.min(2_000, what.length())) + where
                + (failure.getCause() == null || failure.getCause() == failure ? "" : "\nCaused by " + told(failure.getCause()));
    }

    /** Calls the public method of this name that takes such arguments. */
    static Object call(Object target, String method, Object... arguments) throws ReflectiveOperationException {
        Class<?>[] types = new Class<?>[arguments.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = arguments[i] instanceof Integer ? int.class : arguments[i].getClass();
        }
        var found = target.getClass().getMethod(method, types);
        // Of a class that is not public, the method of a public interface.
        found.setAccessible(true);
        return found.invoke(target, arguments);
    }

    static List<?> list(Object seq) throws ReflectiveOperationException {
        return (List<?>) converter("seqAsJavaList", "scala.collection.Seq").invoke(null, seq);
    }

    static Map<?, ?> map(Object map) throws ReflectiveOperationException {
        return (Map<?, ?>) converter("mapAsJavaMap", "scala.collection.Map").invoke(null, map);
    }

    private static java.lang.reflect.Method converter(String name, String type) throws ReflectiveOperationException {
        return Class.forName("scala.collection.JavaConverters").getMethod(name, Class.forName(type));
    }

    static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
