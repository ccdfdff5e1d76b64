package dev.tidemark.ui.command;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the palette finds for what is typed: an exact answer first (a version, a time), then what matches best; what was chosen lately before
 * what was not. Belongs to the thread that owns the screen.
 */
public final class PaletteModel {

    private static final int MOST = 60;
    private static final int REMEMBERED = 12;
    /** How much being chosen last counts beside how well it matches: less than the beginning of a word. */
    private static final int LATELY = 5 * 8;

    /** @param letters of the title that answer the query */
    public record Found(Offer offer, List<Integer> letters) {
    }

    private final Supplier<List<Offer>> offers;
    private final Function<String, List<Offer>> exact;
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableList<Found> found = FXCollections.observableArrayList();
    private final ObservableList<String> recent = FXCollections.observableArrayList();
    private List<Offer> now = List.of();

    /**
     * @param offers all there is at the moment
     * @param exact  what exactly this query means, if anything
     */
    public PaletteModel(Supplier<List<Offer>> offers, Function<String, List<Offer>> exact) {
        this.offers = offers;
        this.exact = exact;
        query.addListener((property, before, typed) -> search());
    }

    /** What is typed. */
    public StringProperty queryProperty() {
        return query;
    }

    /** The answers, best first. */
    public ObservableList<Found> found() {
        return found;
    }

    /** Ids of what was chosen, the last first. */
    public ObservableList<String> recent() {
        return recent;
    }

    /** Begins anew with what there is now. */
    public void open() {
        now = offers.get();
        query.set("");
        search();
    }

    /** Remembers it and does it. */
    public void choose(Offer offer) {
        if (offer.action() != null) {
            if (!offer.id().isEmpty()) {
                remember(offer.id());
            }
            offer.action().run();
        }
    }

    private void remember(String id) {
        recent.remove(id);
        recent.add(0, id);
        if (recent.size() > REMEMBERED) {
            recent.remove(REMEMBERED, recent.size());
        }
    }

    private record Ranked(Found found, int rank) {
    }

    private void search() {
        String typed = query.get().strip();
        List<Found> answers = new ArrayList<>();
        if (!typed.isEmpty()) {
            exact.apply(typed).forEach(offer -> answers.add(new Found(offer, List.of())));
        }
        List<Ranked> matches = new ArrayList<>();
        for (Offer offer : now) {
            Fuzzy.match(typed, offer.title()).ifPresent(match -> {
                int lately = recent.indexOf(offer.id());
                matches.add(new Ranked(new Found(offer, match.positions()), match.score() + (lately < 0 ? 0 : LATELY - lately)));
            });
        }
        matches.stream().sorted(Comparator.comparingInt(Ranked::rank).reversed()).limit(MOST).forEach(ranked -> answers.add(ranked.found()));
        found.setAll(answers);
    }
}
