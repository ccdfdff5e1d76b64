package dev.tidemark.ui;

import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.command.Command;
import dev.tidemark.ui.command.Commands;
import dev.tidemark.ui.command.Offer;
import dev.tidemark.ui.command.Offer.Kind;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.sources.SourcesModel;
import dev.tidemark.ui.sources.TableEntry;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.text.TimeText;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.NamedVersions;
import dev.tidemark.ui.travel.TravelModel;
import dev.tidemark.ui.travel.VersionText;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the palette can offer at the moment: commands, tables, series; and versions and times by what is typed. */
final class Offers {

    /** Charts that are sent to a time show so much before and after it. */
    private static final Duration AROUND = Duration.ofMinutes(30);

    private final Workspaces workspaces;
    private final Commands commands;
    private final SourcesModel sources;
    private final LiveModel live;
    private final TravelModel travel;
    private final NamedVersions names;
    private final InstantSource clock;
    private final Consumer<String> showTable;
    private final Runnable showLive;

    Offers(Workspaces workspaces, Commands commands, SourcesModel sources, LiveModel live, TravelModel travel, NamedVersions names, InstantSource clock, Consumer<String> showTable, Runnable showLive) {
        this.workspaces = workspaces;
        this.commands = commands;
        this.sources = sources;
        this.live = live;
        this.travel = travel;
        this.names = names;
        this.clock = clock;
        this.showTable = showTable;
        this.showLive = showLive;
    }

    /** All that can be searched by its name. */
    List<Offer> all() {
        List<Offer> offers = new ArrayList<>();
        for (Command command : commands.all()) {
            if (command.enabled().getAsBoolean() && !command.id().equals("palette")) {
                offers.add(new Offer(command.section() == Command.Section.PAGES ? Kind.PAGE : Kind.COMMAND, command.id(), command.text(), "",
                        command.keys().isEmpty() ? "" : command.keys().get(0).text(), command.action()));
            }
        }
        for (TableEntry table : sources.tables()) {
            if (table.status() == TableEntry.Status.DRAWABLE) {
                String name = table.path().isEmpty() ? sources.lakeProperty().get().root() : table.path();
                offers.add(new Offer(Kind.TABLE, "table." + table.path(), name,
                        table.rows() < 0 ? "" : Messages.text("palette.rows", Format.whole(table.rows())), "", () -> showTable.accept(table.path())));
            }
        }
        live.series().rows().forEach(series -> offers.add(new Offer(Kind.SERIES, "series." + series.key(), series.label(),
                Messages.text("palette.series"), "", () -> {
                    showLive.run();
                    live.series().isolate(series.key());
                })));
        unread().forEach(name -> offers.add(new Offer(Kind.SERIES, "series." + name, name, Messages.text("palette.series"), "", () -> {
            showLive.run();
            live.ask(live.question().withSeries(List.of(name)));
        })));
        workspaces.all().forEach(each -> offers.add(new Offer(Kind.WORKSPACE, "workspace." + each.name(), each.name(), each.lake() + " / " + each.table(), "",
                () -> workspaces.open(each))));
        names.all().forEach(named -> travel.mark(named.version()).ifPresent(mark -> offers.add(new Offer(Kind.VERSION, "version." + named.version(),
                named.name(), "v\u2009" + Format.whole(named.version()) + " \u00b7 " + Format.zoned(mark.time()), "", () -> travel.goTo(mark.version())))));
        return offers;
    }

    /** Series that are not on the page because there are too many of them. */
    private List<String> unread() {
        Frame frame = live.frameProperty().get();
        return frame == null || frame.asked().series() == null ? List.of()
                : frame.choices().series().stream().filter(name -> !name.isEmpty() && !frame.asked().series().contains(name)).toList();
    }

    /** What exactly this means: a version, a time. */
    List<Offer> exactly(String typed) {
        List<Offer> offers = new ArrayList<>();
        if (travel.marks().isEmpty()) {
            return offers;
        }
        VersionText.number(typed).ifPresent(wanted -> {
            offers.add(travel.mark(wanted).map(this::version).orElseGet(() -> new Offer(Kind.VERSION, "", Messages.text("travel.gone", Format.whole(wanted),
                    Format.whole(travel.marks().get(0).version()), Format.whole(travel.marks().get(travel.marks().size() - 1).version())), "", "", null)));
        });
        TimeText.read(typed, clock.instant(), Format.zone()).ifPresent(time -> {
            Optional<Mark> then = travel.at(time);
            offers.add(then.map(mark -> new Offer(Kind.TIME, "", Messages.text("palette.asof", Format.zoned(time)),
                    "v\u2009" + Format.whole(mark.version()) + " \u00b7 " + mark.operation(), "", () -> travel.goTo(mark.version())))
                    .orElseGet(() -> new Offer(Kind.TIME, "", Messages.text("travel.gone.time", Format.stamp(time), Format.zoned(travel.marks().get(0).time())),
                            "", "", null)));
            offers.add(new Offer(Kind.TIME, "", Messages.text("palette.around", Format.zoned(time)), "", "", () -> around(time)));
        });
        return offers;
    }

    private Offer version(Mark mark) {
        return new Offer(Kind.VERSION, "", Messages.text("palette.version", Format.whole(mark.version())),
                Format.zoned(mark.time()) + " \u00b7 " + mark.operation(), "", () -> travel.goTo(mark.version()));
    }

    private void around(Instant time) {
        showLive.run();
        TimeRange range = TimeRange.near(Micros.of(time.minus(AROUND)), Micros.of(time.plus(AROUND)));
        live.choose(new Question.Between(range.from(), range.to()));
    }
}
