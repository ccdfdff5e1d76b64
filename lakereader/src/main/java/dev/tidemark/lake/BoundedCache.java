package dev.tidemark.lake;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Keeps what was used last, by version, up to a total weight. Thread-safe.
 *
 * @param <V> immutable values
 */
final class BoundedCache<V> {

    private record Entry<V>(V value, long weight, long[] used) {
    }

    private final TreeMap<Long, Entry<V>> entries = new TreeMap<>();
    private final ToLongFunction<V> weigher;
    private final long capacity;
    private long weight;
    private long clock;

    BoundedCache(long capacity, ToLongFunction<V> weigher) {
        this.capacity = capacity;
        this.weigher = weigher;
    }

    synchronized Optional<V> get(long version) {
        return use(entries.get(version));
    }

    /** The value of the highest version up to this one. */
    synchronized Optional<V> atOrBefore(long version) {
        Map.Entry<Long, Entry<V>> found = entries.floorEntry(version);
        return use(found == null ? null : found.getValue());
    }

    private Optional<V> use(Entry<V> entry) {
        if (entry == null) {
            return Optional.empty();
        }
        entry.used()[0] = ++clock;
        return Optional.of(entry.value());
    }

    synchronized void put(long version, V value) {
        Entry<V> entry = new Entry<>(value, weigher.applyAsLong(value) + 1, new long[] {++clock});
        Entry<V> before = entries.put(version, entry);
        weight += entry.weight() - (before == null ? 0 : before.weight());
        if (weight > capacity) {
            evict(version);
        }
    }

    /** Lets go of the least used until a quarter of the room is free, so that this is seldom. */
    private void evict(long keep) {
        var byUse = entries.entrySet().stream().filter(e -> e.getKey() != keep)
                .sorted(java.util.Comparator.comparingLong(e -> e.getValue().used()[0])).toList();
        for (var oldest : byUse) {
            if (weight <= capacity * 3 / 4) {
                return;
            }
            entries.remove(oldest.getKey());
            weight -= oldest.getValue().weight();
        }
    }

    synchronized void clear() {
        entries.clear();
        weight = 0;
    }
}
