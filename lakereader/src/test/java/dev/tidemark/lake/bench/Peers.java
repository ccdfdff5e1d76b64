package dev.tidemark.lake.bench;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the benchmarks share: DuckDB, if its driver is on the class path, and the CPU time of this process. */
final class Peers {

    private Peers() {
    }

    /** A DuckDB in this process with so many threads; empty if its driver is not on the class path. */
    static Optional<Connection> duck(int threads) throws SQLException {
        Connection connection;
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            System.out.println("(no DuckDB: " + e.getMessage() + "; package with -Pbench and add lakereader/target/bench/* to the class path)");
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads=" + threads);
            statement.execute("SET TimeZone='UTC'");
        }
        return Optional.of(connection);
    }

    /** The files as DuckDB's table function takes them. */
    static String parquet(List<Path> files) {
        return files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(",", "read_parquet([", "], hive_partitioning=false)"));
    }

    /** Asks for one row and takes it. */
    static void one(Connection duck, String sql) throws SQLException {
        try (Statement statement = duck.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
        }
    }

    /** Nanoseconds of CPU that this process has used: all its threads, collector, compiler and native ones included. */
    static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Something to measure. */
    interface Work {
        /** Returns how many rows it saw. */
        long run() throws Exception;
    }

    /** What a run took. */
    record Cost(String what, long rows, double cpu, double wall) {

        /** Million rows a second of CPU. */
        double rate() {
            return rows / cpu / 1e6;
        }

        double wallRate() {
            return rows / wall / 1e6;
        }
    }

    static Cost measure(String what, Work work) throws Exception {
        long cpu = cpu();
        long wall = System.nanoTime();
        long rows = work.run();
        return new Cost(what, rows, (cpu() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9);
    }

    /** The cheaper of two. */
    static Cost better(Cost one, Cost other) {
        return one == null || other.cpu / other.rows < one.cpu / one.rows ? other : one;
    }
}
