package dev.tidemark.ui.rules;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.MeasureName;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Failure;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.travel.Position;
import dev.tidemark.ui.travel.TravelModel;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule that is being written, and when it would have raised by the table and the version that are shown. Every change is tried at once; what was read
 * for the rule before is used again. Belongs to the thread that owns the screen.
 */
public final class RulesModel {

    private static final Set<String> NEEDED = Set.of("window", "window_start", "window_end", "grain", "device_id", "measure", "count", "min", "max", "avg", "last_event_time");

    /**
     * What came of trying a rule.
     *
     * @param window  name of the windows it was tried on
     * @param version of the table
     * @param from    microseconds
     * @param to      microseconds
     * @param windows how many windows were looked at
     * @param devices of how many devices
     * @param units   whose → the unit of its readings, where that is known
     */
    public record Result(Rule rule, List<BackTest.Episode> episodes, String window, long version, long from, long to, long windows, int devices,
                         Map<BackTest.Source, String> units) {

        public Result {
            episodes = List.copyOf(episodes);
        }

        /** Alerts in ten minutes, on average over all devices. */
        public double perTenMinutes() {
            return episodes.size() / Math.max(1, (to - from) / 600_000_000.0);
        }
    }

    private record Held(String table, long version, String window, long from, long to, Set<String> measures, Map<BackTest.Source, List<BackTest.Sample>> samples,
                        Map<BackTest.Source, String> units) {

        boolean answers(Held asked) {
            return table.equals(asked.table) && version == asked.version && from == asked.from && to == asked.to && measures.equals(asked.measures);
        }
    }

    private final LiveModel live;
    private final TravelModel travel;
    private final Slot slot;
    private final ObjectProperty<Rule> rule = new SimpleObjectProperty<>(Rule.FIRST);
    private final ObjectProperty<Duration> range = new SimpleObjectProperty<>(Duration.ofHours(24));
    private final ReadOnlyObjectWrapper<Result> result = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private volatile Held held;
    private boolean wanted;

    /** @param live the table and the measures a rule is tried on */
    public RulesModel(LiveModel live, TravelModel travel, Tasks tasks) {
        this.live = live;
        this.travel = travel;
        this.slot = new Slot(tasks);
        rule.addListener((property, before, now) -> run());
        range.addListener((property, before, now) -> run());
        live.frameProperty().addListener((property, before, now) -> {
            // What was asked for before there was a table is tried once there is one; later only when the version that is pinned changes.
            if (wanted && now != null && (before == null || travel.position() instanceof Position.At && before.version() != now.version())) {
                run();
            }
        });
    }

    /** The rule. */
    public ObjectProperty<Rule> ruleProperty() {
        return rule;
    }

    /** How far back from the newest data it is tried. */
    public ObjectProperty<Duration> rangeProperty() {
        return range;
    }

    /** What came of it; null while there is nothing to try it on, or it is written wrong. */
    public ReadOnlyObjectProperty<Result> resultProperty() {
        return result.getReadOnlyProperty();
    }

    /** Why it could not be tried; "" if it could. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether it is being tried. */
    public ReadOnlyBooleanProperty busyProperty() {
        return slot.busyProperty();
    }

    /** Tries it on what is shown now. */
    public void run() {
        wanted = true;
        Frame frame = live.frameProperty().get();
        Optional<Table> table = live.table();
        Rule tried = rule.get();
        slot.cancel();
        if (table.isEmpty() || frame == null || !tried.mistakes().isEmpty()) {
            result.set(null);
            problem.set("");
            return;
        }
        Set<String> measures = frame.choices().measures().stream()
                .filter(measure -> tried.kind() == Rule.Kind.SILENCE || tried.watches(measure)).collect(Collectors.toUnmodifiableSet());
        // The shortest first; windows that overlap or have no fixed length would count a value twice, or miss when it came.
        List<String> windows = frame.choices().windows().stream().filter(name -> name.matches("\\d+[smhd]")).toList();
        Position position = travel.position();
        long version = position instanceof Position.At at ? at.version() : -1;
        Duration length = range.get();
        slot.ask(progress -> attempt(table.get(), version, tried, measures, windows, length, progress), answer -> {
            problem.set("");
            result.set(answer);
        }, told -> {
            result.set(null);
            problem.set(Failure.words(told, "failure.rule", table.get().location()));
        });
    }

    /** Takes the charts to where it would have raised. */
    public void show(BackTest.Episode episode) {
        Result shown = result.get();
        long end = Math.min(episode.to(), shown == null ? episode.from() : shown.to());
        long room = Math.max(Micros.of(Duration.ofMinutes(5)), (end - episode.from()) / 2);
        Question wanted = live.question().withRange(new Question.Between(episode.from() - room, end + room)).withSplit("device_id");
        if (!episode.source().measure().isEmpty()) {
            wanted = wanted.withMeasures(List.of(episode.source().measure()));
        }
        live.visit(wanted, travel.position(), episode.source().device());
    }

    // ---- on a thread of the tasks ----

    private Result attempt(Table table, long version, Rule tried, Set<String> measures, List<String> windows, Duration length, Slot.Progress progress) {
        Snapshot snapshot = version < 0 ? table.snapshot() : table.snapshot(version);
        if (!Set.copyOf(snapshot.schema().names()).containsAll(NEEDED)) {
            throw new LakeException(LakeException.Reason.INVALID, "Cannot try a rule on " + table.location() + ": it holds no windows of devices (expected a table such as gold/windows)");
        }
        long to = newest(snapshot);
        Held asked = new Held(table.location(), snapshot.version(), "", to - Micros.of(length), to, measures, Map.of(), Map.of());
        Held samples = held;
        if (samples == null || !samples.answers(asked)) {
            samples = read(snapshot, asked, windows, progress);
            held = samples;
        }
        Map<BackTest.Source, List<BackTest.Sample>> tracks = tried.kind() == Rule.Kind.SILENCE ? byDevice(samples.samples()) : samples.samples();
        List<BackTest.Episode> episodes = BackTest.run(tried, tracks, samples.units(), to);
        long looked = tracks.values().stream().mapToLong(List::size).sum();
        int devices = (int) tracks.keySet().stream().map(BackTest.Source::device).distinct().count();
        return new Result(tried, episodes, samples.window(), snapshot.version(), asked.from(), to, looked, devices, samples.units());
    }

    private static long newest(Snapshot snapshot) {
        long newest = snapshot.files().stream().flatMap(file -> file.statistics().stream()).map(noted -> noted.max().get("window_start"))
                .filter(Long.class::isInstance).mapToLong(Long.class::cast).max().orElse(Micros.of(snapshot.committedAt()));
        // The newest start is that of a short window: it ends within a minute or so of it.
        return newest + Micros.of(Duration.ofMinutes(1));
    }

    private static Held read(Snapshot snapshot, Held asked, List<String> windows, Slot.Progress progress) {
        boolean named = snapshot.schema().names().contains("unit");
        List<String> columns = new ArrayList<>(List.of("window_start", "window_end", "device_id", "measure", "count", "min", "max", "avg", "last_event_time"));
        if (named) {
            columns.add("unit");
        }
        Scan all = Scan.of(snapshot).columns(columns)
                .where(new Condition.Range("window_start", asked.from(), null)).where(new Condition.In("grain", Set.of("device")))
                .where(new Condition.In("measure", asked.measures()));
        for (String window : windows) {
            Map<BackTest.Source, List<BackTest.Sample>> found = new HashMap<>();
            Map<BackTest.Source, String> units = new HashMap<>();
            var files = all.filesToRead();
            Scan one = all.where(new Condition.In("window", Set.of(window)));
            for (int i = 0; i < files.size(); i++) {
                one.files(List.of(files.get(i))).read(batch -> add(batch, named, found, units));
                progress.reached((i + 1.0) / files.size());
            }
            if (!found.isEmpty()) {
                found.values().forEach(samples -> samples.sort(Comparator.comparingLong(BackTest.Sample::start)));
                return new Held(asked.table(), asked.version(), window, asked.from(), asked.to(), asked.measures(), found, Map.copyOf(units));
            }
        }
        return asked;
    }

    private static void add(Batch batch, boolean named, Map<BackTest.Source, List<BackTest.Sample>> found, Map<BackTest.Source, String> units) {
        long[] starts = batch.longs("window_start").values();
        long[] ends = batch.longs("window_end").values();
        long[] counts = batch.longs("count").values();
        long[] lasts = batch.longs("last_event_time").values();
        double[] least = batch.doubles("min").values();
        double[] most = batch.doubles("max").values();
        double[] averages = batch.doubles("avg").values();
        for (int i = 0; i < batch.rows(); i++) {
            String device = batch.strings("device_id").get(i);
            if (device != null) {
                BackTest.Source whose = new BackTest.Source(device, batch.strings("measure").get(i));
                String unit = named ? batch.strings("unit").get(i) : null;
                if (unit != null) {
                    units.put(whose, unit);
                }
                found.computeIfAbsent(whose, source -> {
                    units.putIfAbsent(source, MeasureName.of(source.measure()).unit());
                    return new ArrayList<>();
                }).add(new BackTest.Sample(starts[i], ends[i], counts[i], least[i], most[i], averages[i], lasts[i]));
            }
        }
    }

    /** A device is silent when none of its measures comes. */
    private static Map<BackTest.Source, List<BackTest.Sample>> byDevice(Map<BackTest.Source, List<BackTest.Sample>> samples) {
        Map<String, Map<Long, BackTest.Sample>> devices = new HashMap<>();
        samples.forEach((source, windows) -> windows.forEach(window -> devices.computeIfAbsent(source.device(), device -> new HashMap<>())
                .merge(window.start(), window, (one, other) -> one.last() >= other.last() ? one : other)));
        Map<BackTest.Source, List<BackTest.Sample>> tracks = new HashMap<>();
        devices.forEach((device, windows) -> tracks.put(new BackTest.Source(device, ""),
                windows.values().stream().sorted(Comparator.comparingLong(BackTest.Sample::start)).toList()));
        return tracks;
    }
}
