package dev.tidemark.stream.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Who reads one partition, by consumer group. An owner (one with an epoch; the SDK calls it owner level) is alone in its group: it takes the partition from
 * all whose epoch is not higher. Without owners up to five may read. For any thread.
 */
final class Consumers {

    private static final int MOST = 5;

    private final List<Subscription> all = new ArrayList<>();

    /**
     * Lets one in, and tells those who lose the partition to it.
     *
     * @throws AmqpError if it is not let in
     */
    void admit(Subscription newcomer) throws AmqpError {
        List<Subscription> losers = new ArrayList<>();
        synchronized (this) {
            List<Subscription> group = all.stream().filter(one -> one.group().equals(newcomer.group())).toList();
            Subscription owner = group.stream().filter(one -> one.epoch() != null).findAny().orElse(null);
            if (owner != null && newcomer.epoch() == null) {
                throw new AmqpError(AmqpError.STOLEN, "Cannot read without an owner level: a receiver with owner level " + owner.epoch() + " has the partition");
            }
            if (owner != null && newcomer.epoch() < owner.epoch()) {
                throw new AmqpError(AmqpError.STOLEN, "Cannot read with owner level " + newcomer.epoch() + ": a receiver with owner level " + owner.epoch()
                        + " has the partition");
            }
            if (newcomer.epoch() == null && group.size() >= MOST) {
                throw new AmqpError(AmqpError.LIMIT_EXCEEDED, "Cannot read: " + MOST + " receivers of the consumer group read the partition already");
            }
            if (newcomer.epoch() != null) {
                losers.addAll(group);
                all.removeAll(group);
            }
            all.add(newcomer);
        }
        losers.forEach(loser -> loser.lose("A receiver with owner level " + newcomer.epoch() + " has taken the partition"));
    }

    synchronized void leave(Subscription one) {
        all.remove(one);
    }

    /** There are more events. */
    void wake() {
        List<Subscription> woken;
        synchronized (this) {
            woken = List.copyOf(all);
        }
        woken.forEach(Subscription::wake);
    }

    /** Consumer groups are told apart without regard to case. */
    static String group(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
