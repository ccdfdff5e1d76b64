package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** One line of a list of alerts. Immutable. */
public sealed interface AlertLine {

    /** By what alerts are put together. */
    enum Grouping { NONE, DEVICE, LOCATION, RULE, SEVERITY }

    /** What tells this line from the others as the list changes. */
    String key();

    /** The alerts it stands for. */
    List<Alert> alerts();

    /** An alert. */
    record One(Alert alert) implements AlertLine {
        @Override
        public String key() {
            return alert.id();
        }

        @Override
        public List<Alert> alerts() {
            return List.of(alert);
        }
    }

    /** Above the alerts of a group. */
    record Head(Grouping by, String name, List<Alert> alerts) implements AlertLine {
        @Override
        public String key() {
            return "group:" + by + ":" + name;
        }
    }

    /** In place of the alerts of a flood, or above them when it is opened. */
    record Many(Floods.Flood flood, List<Alert> alerts, boolean opened) implements AlertLine {
        @Override
        public String key() {
            // Its end moves while it goes on.
            return "flood:" + flood.from();
        }
    }

    /** What wants attention first: unacknowledged before acknowledged, then by severity, then the newest. */
    Comparator<Alert> URGENCY = Comparator.comparing((Alert alert) -> alert.state())
            .thenComparing(Comparator.comparing((Alert alert) -> alert.severity()).reversed())
            .thenComparing(Comparator.comparingLong((Alert alert) -> alert.first().told()).reversed()).thenComparing(Alert::id);

    /**
     * The lines of a list.
     *
     * @param floods what is known to be a flood; its alerts are one line unless that is opened, but critical ones are never hidden
     * @param opened keys of the floods that are opened
     */
    static List<AlertLine> of(List<Alert> alerts, AlertFilter filter, Grouping grouping, List<Floods.Flood> floods, Set<String> opened) {
        List<Alert> listed = alerts.stream().filter(filter::holds).sorted(URGENCY).toList();
        if (grouping == Grouping.NONE) {
            return collapsed(listed, floods, opened);
        }
        Function<Alert, String> name = switch (grouping) {
            case DEVICE -> alert -> alert.alarm().device();
            case LOCATION -> Alert::location;
            case RULE -> alert -> alert.alarm().rule();
            case SEVERITY, NONE -> alert -> alert.severity().name();
        };
        // A sorted list puts the group of the most urgent alert first; the name decides between equals.
        Map<String, List<Alert>> groups = new TreeMap<>();
        listed.forEach(alert -> groups.computeIfAbsent(name.apply(alert), each -> new ArrayList<>()).add(alert));
        List<AlertLine> lines = new ArrayList<>();
        groups.entrySet().stream().sorted(Comparator.comparing((Map.Entry<String, List<Alert>> group) -> worst(group.getValue())).reversed()).forEach(group -> {
            lines.add(new Head(grouping, group.getKey(), List.copyOf(group.getValue())));
            group.getValue().forEach(alert -> lines.add(new One(alert)));
        });
        return lines;
    }

    /** The highest severity among alerts; there must be one. */
    static Severity worst(List<Alert> alerts) {
        return alerts.stream().map(Alert::severity).max(Comparator.naturalOrder()).orElseThrow();
    }

    private static List<AlertLine> collapsed(List<Alert> listed, List<Floods.Flood> floods, Set<String> opened) {
        Map<Long, List<Alert>> members = new TreeMap<>();
        for (Alert alert : listed) {
            floods.stream().filter(flood -> flood.contains(alert.began()) && alert.severity() != Severity.CRITICAL).findFirst()
                    .ifPresent(flood -> members.computeIfAbsent(flood.from(), from -> new ArrayList<>()).add(alert));
        }
        members.values().removeIf(flooding -> flooding.size() <= Floods.MOST);
        List<AlertLine> lines = new ArrayList<>();
        for (Alert alert : listed) {
            Floods.Flood flood = floods.stream().filter(each -> each.contains(alert.began()) && members.containsKey(each.from())
                    && alert.severity() != Severity.CRITICAL).findFirst().orElse(null);
            if (flood == null) {
                lines.add(new One(alert));
                continue;
            }
            List<Alert> flooding = members.get(flood.from());
            if (flooding.get(0) == alert) {
                boolean open = opened.contains("flood:" + flood.from());
                lines.add(new Many(flood, List.copyOf(flooding), open));
                if (open) {
                    flooding.forEach(each -> lines.add(new One(each)));
                }
            }
        }
        return lines;
    }
}
