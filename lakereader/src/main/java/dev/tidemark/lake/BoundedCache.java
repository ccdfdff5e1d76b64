package dev.tidemark.lake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.ToLongFunction;

/**
 * Keeps what was used last, by version, as far as there is room, which caches can share. Thread-safe.
 *
 * @param <V> immutable values
 */
final class BoundedCache<V> {

    /** Room for the values of several caches together: of all of them those go first that were used the longest ago. Guards its caches. */
    static final class Room {

        private final long capacity;
        /** A cache that nobody has any more takes no room. */
        private final Set<BoundedCache<?>> caches = Collections.newSetFromMap(new WeakHashMap<>());
        private long clock;

        /** @param capacity total weight */
        Room(long capacity) {
            this.capacity = capacity;
        }

        private long weight() {
            return caches.stream().mapToLong(cache -> cache.weight).sum();
        }

        private record Kept(BoundedCache<?> cache, long version, Entry<?> entry) {
        }

        /** Lets go of the least used until a quarter of the room is free, so that this is seldom. */
        private void evict(Entry<?> keep) {
            List<Kept> all = new ArrayList<>();
            for (BoundedCache<?> cache : caches) {
                cache.entries.forEach((version, entry) -> all.add(new Kept(cache, version, entry)));
            }
            all.sort(Comparator.comparingLong(kept -> kept.entry.used[0]));
            long weight = weight();
            for (Kept oldest : all) {
                if (weight <= capacity * 3 / 4) {
                    return;
                }
                if (oldest.entry != keep) {
                    oldest.cache.entries.remove(oldest.version);
                    oldest.cache.weight -= oldest.entry.weight;
                    weight -= oldest.entry.weight;
                }
            }
        }
    }

    private record Entry<V>(V value, long weight, long[] used) {
    }

    private final TreeMap<Long, Entry<V>> entries = new TreeMap<>();
    private final Room room;
    private final ToLongFunction<V> weigher;
    private long weight;

    BoundedCache(Room room, ToLongFunction<V> weigher) {
        this.room = room;
        this.weigher = weigher;
        synchronized (room) {
            room.caches.add(this);
        }
    }

    Optional<V> get(long version) {
        synchronized (room) {
            return use(entries.get(version));
        }
    }

    /** The value of the highest version up to this one. */
    Optional<V> atOrBefore(long version) {
        synchronized (room) {
            Map.Entry<Long, Entry<V>> found = entries.floorEntry(version);
            return use(found == null ? null : found.getValue());
        }
    }

    private Optional<V> use(Entry<V> entry) {
        if (entry == null) {
            return Optional.empty();
        }
        entry.used()[0] = ++room.clock;
        return Optional.of(entry.value());
    }

    void put(long version, V value) {
        long its = weigher.applyAsLong(value) + 1;
        synchronized (room) {
            Entry<V> entry = new Entry<>(value, its, new long[] {++room.clock});
            Entry<V> before = entries.put(version, entry);
            weight += entry.weight() - (before == null ? 0 : before.weight());
            if (room.weight() > room.capacity) {
                room.evict(entry);
            }
        }
    }

    void clear() {
        synchronized (room) {
            entries.clear();
            weight = 0;
        }
    }
}
