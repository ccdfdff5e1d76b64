package dev.tidemark.lake;

import org.junit.jupiter.api.Test;

import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedCacheTest {

    private final BoundedCache.Room room = new BoundedCache.Room(1_000);
    private final BoundedCache<Long> one = new BoundedCache<>(room, value -> 99);
    private final BoundedCache<Long> other = new BoundedCache<>(room, value -> 99);

    @Test
    void caches_that_share_room_hold_no_more_together_than_one_alone() {
        for (long version = 0; version < 1_000; version++) {
            one.put(version, version);
            other.put(version, version);
            assertThat(held(one) + held(other)).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void what_was_used_the_longest_ago_goes_first_whichever_cache_it_is_in() {
        LongStream.range(0, 5).forEach(version -> one.put(version, version));
        LongStream.range(0, 5).forEach(version -> other.put(version, version));
        one.get(0);
        other.put(5, 5L);
        assertThat(one.get(0)).contains(0L);
        assertThat(one.get(1)).isEmpty();
        assertThat(other.get(5)).contains(5L);
        assertThat(other.atOrBefore(4)).contains(4L);
    }

    @Test
    void what_has_just_come_stays_even_if_it_is_larger_than_the_room() {
        BoundedCache<Long> large = new BoundedCache<>(room, value -> 5_000);
        one.put(1, 1L);
        large.put(7, 7L);
        assertThat(large.get(7)).contains(7L);
        assertThat(one.get(1)).isEmpty();
    }

    @Test
    void a_cache_that_is_cleared_gives_its_room_to_the_others() {
        LongStream.range(0, 9).forEach(version -> one.put(version, version));
        one.clear();
        LongStream.range(0, 9).forEach(version -> other.put(version, version));
        assertThat(held(other)).isEqualTo(9);
    }

    private static long held(BoundedCache<Long> cache) {
        return LongStream.range(0, 1_000).filter(version -> cache.get(version).isPresent()).count();
    }
}
