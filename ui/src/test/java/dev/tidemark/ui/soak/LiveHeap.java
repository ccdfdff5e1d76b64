package dev.tidemark.ui.soak;

import dev.tidemark.lake.scan.ColumnCache;

import javax.management.JMException;
import javax.management.ObjectName;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How much of the heap is still in use after everything that can go has gone, decoded columns too, measured where the program does the same each time. The first
 * third of the measurements is of a program that is still becoming warm and whose caches fill; the least of the last third may exceed the least of the
 * second one by {@value #MARGIN_PERCENT} % and {@value #MARGIN_MB} MB. Not thread-safe.
 */
final class LiveHeap {

    static final int MARGIN_PERCENT = 10;
    static final int MARGIN_MB = 8;
    private static final int FEWEST = 6;
    private static final int CLASSES = 12;
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

    /** Bytes that were left after a collection, and of which classes they are, roughly. */
    private record Measurement(double megabytes, Map<String, Long> byClass) {
    }

    private final List<Measurement> measured = new ArrayList<>();

    /** Measures; takes as long as two full collections do. @return megabytes */
    double measure() {
        ColumnCache columns = ColumnCache.shared();
        long room = columns.limit();
        columns.limit(0);
        // What hangs on a reference queue goes with the second one.
        collect();
        System.runFinalization();
        collect();
        measured.add(new Measurement(left(), byClass()));
        columns.limit(room);
        return measured.get(measured.size() - 1).megabytes();
    }

    /** While native code holds an array, as the renderer often does, Java lets the wish for a collection pass. */
    private static void collect() {
        GarbageCollectorMXBean full = ManagementFactory.getGarbageCollectorMXBeans().stream().filter(each -> each.getMemoryPoolNames().length > 2).findFirst().orElseThrow();
        long before = full.getCollectionCount();
        for (int i = 0; i < 100 && full.getCollectionCount() == before; i++) {
            System.gc();
        }
    }

    /** What the last collection left, without what was made since. */
    private static double left() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed()).sum() / 1048576.0;
    }

    /** How it has grown since it was warm, if it has grown more than it may, and which classes have. */
    Optional<String> growth() {
        if (measured.size() < FEWEST) {
            return Optional.empty();
        }
        int third = measured.size() / 3;
        Measurement warm = least(measured.subList(third, 2 * third));
        Measurement last = least(measured.subList(2 * third, measured.size()));
        return last.megabytes() > warm.megabytes() * (1 + MARGIN_PERCENT / 100.0) + MARGIN_MB
                ? Optional.of(String.format(Locale.ROOT, "The live heap grew from %.1f MB, when warm, to %.1f MB: %s%n%s", warm.megabytes(), last.megabytes(), this,
                        grown(warm.byClass(), last.byClass()))) : Optional.empty();
    }

    /** What has become more of since it was warm. */
    String course() {
        return measured.isEmpty() ? "" : this + "\n" + grown(measured.get(measured.size() / 3).byClass(), measured.get(measured.size() - 1).byClass());
    }

    private static String grown(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> more = new HashMap<>(after);
        before.forEach((name, bytes) -> more.merge(name, -bytes, Long::sum));
        return more.entrySet().stream().sorted(Map.Entry.comparingByValue(Comparator.reverseOrder())).limit(CLASSES)
                .map(each -> String.format(Locale.ROOT, "    %+8.2f MB  %s", each.getValue() / 1048576.0, each.getKey())).collect(Collectors.joining("\n"));
    }

    private static Measurement least(List<Measurement> some) {
        return some.stream().min(Comparator.comparingDouble(Measurement::megabytes)).orElseThrow();
    }

    /** Bytes of what is on the heap right after a collection, class by class. */
    private static Map<String, Long> byClass() {
        try {
            String table = (String) ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[] {new String[] {"-all"}}, new String[] {String[].class.getName()});
            Map<String, Long> bytes = new HashMap<>();
            for (String line : table.split("\n")) {
                Matcher parts = LINE.matcher(line);
                if (parts.matches()) {
                    // Lambdas have names of their own each time.
                    bytes.merge(parts.group(3).replaceAll("/0x\\w+$", ""), Long.parseLong(parts.group(2)), Long::sum);
                }
            }
            return bytes;
        } catch (JMException e) {
            throw new IllegalStateException("Cannot count what lives on the heap: " + e, e);
        }
    }

    @Override
    public String toString() {
        return measured.stream().map(each -> String.format(Locale.ROOT, "%.1f", each.megabytes())).collect(Collectors.joining(" "));
    }
}
