package dev.tidemark.stream.alert.delivery;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.log.Place;
import io.micrometer.core.instrument.MeterRegistry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All channels that are told, while a run lasts. */
public final class Deliveries implements AutoCloseable {

    private static final String ALERTS = "gold/alerts";

    private final List<Delivery> all = new ArrayList<>();

    private Deliveries() {
    }

    /**
     * Begins to deliver.
     *
     * @throws IllegalArgumentException if the lake is none where channels can keep how far they have come
     */
    public static Deliveries start(List<Delivery.Subscription> subscriptions, Lake lake, MeterRegistry registry) {
        Deliveries deliveries = new Deliveries();
        Place root = Place.of(lake.root());
        if (!subscriptions.isEmpty() && !root.isLocal()) {
            throw new IllegalArgumentException("Cannot deliver alerts of lake " + lake.root() + ": how far they are delivered is kept in the lake (expected a local folder)");
        }
        for (Delivery.Subscription subscription : subscriptions) {
            Path progress = root.path().resolve(ALERTS).resolve("_streamer").resolve("delivered");
            // A lake of its own for each thread: readers keep what they have seen.
            deliveries.all.add(Delivery.start(subscription, Lake.at(lake.root()), ALERTS, progress, registry));
        }
        return deliveries;
    }

    @Override
    public void close() {
        all.forEach(Delivery::close);
    }
}
