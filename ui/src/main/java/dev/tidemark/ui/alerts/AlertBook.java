package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The state machine of alerts (ISA-18.2): what the table told and what operators did go in, in any order and any number of times; what comes
 * out is how each alert stands at a time. Pure: no clock, no table, no screen. Times are microseconds since 1970-01-01T00:00Z. Not thread-safe.
 *
 * <p>An alert is unacknowledged until it is acknowledged, and again when it becomes more severe than it was then. While its alarm is shelved or
 * out of service that is its state, whatever else it is; when that ends it is what it would have been without.
 */
public final class AlertBook {

    private static final Comparator<Act> IN_TIME = Comparator.comparingLong(Act::at).thenComparing(Act::id);

    /** Alert → its changes by sequence. */
    private final Map<String, TreeMap<Long, AlertChange>> episodes = new LinkedHashMap<>();
    /** Alarm → what was done about it, in order. */
    private final Map<AlarmKey, List<Act>> acts = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    /** Takes a change; one that is known already changes nothing. */
    public void add(AlertChange change) {
        episodes.computeIfAbsent(change.alertId(), id -> new TreeMap<>()).put(change.sequence(), change);
    }

    /** Takes what an operator did; what is known already changes nothing. */
    public void add(Act act) {
        if (known.add(act.id())) {
            List<Act> done = acts.computeIfAbsent(act.alarm(), alarm -> new ArrayList<>());
            int at = done.size();
            while (at > 0 && IN_TIME.compare(done.get(at - 1), act) > 0) {
                at--;
            }
            done.add(at, act);
        }
    }

    /** All that operators did, alarm by alarm. */
    public List<Act> acts() {
        return acts.values().stream().flatMap(Collection::stream).toList();
    }

    /** Forgets alerts that were cleared, and told so before a time, whether or not somebody acknowledged them. */
    public void forget(long before) {
        episodes.values().removeIf(changes -> changes.lastEntry().getValue().step() == AlertChange.Step.CLEARED
                && changes.lastEntry().getValue().told() < before);
    }

    /** Every alert as it stands at a time, in the order in which they became known. */
    public List<Alert> alerts(long now) {
        Map<AlarmKey, Act> suppressed = new HashMap<>();
        acts.forEach((alarm, done) -> suppression(done, now).ifPresent(act -> suppressed.put(alarm, act)));
        List<Alert> alerts = new ArrayList<>(episodes.size());
        for (Map.Entry<String, TreeMap<Long, AlertChange>> episode : episodes.entrySet()) {
            alerts.add(alert(episode.getKey(), List.copyOf(episode.getValue().values()), suppressed));
        }
        return alerts;
    }

    /** The next time after {@code now} at which a state changes by itself: the end of shelving. {@link Long#MAX_VALUE} if there is none. */
    public long nextChange(long now) {
        long next = Long.MAX_VALUE;
        for (List<Act> done : acts.values()) {
            next = Math.min(next, suppression(done, now).filter(act -> act.kind() == Act.Kind.SHELVE).map(Act::until).orElse(Long.MAX_VALUE));
        }
        return next;
    }

    private Alert alert(String id, List<AlertChange> changes, Map<AlarmKey, Act> suppressed) {
        AlertChange first = changes.get(0);
        AlertChange last = changes.get(changes.size() - 1);
        boolean active = last.step() != AlertChange.Step.CLEARED;
        List<Act> done = acts.getOrDefault(first.alarm(), List.of()).stream()
                .filter(act -> act.alertId().equals(id) || concerns(act, first, last, active)).toList();
        Severity severity = changes.stream().map(AlertChange::severity).max(Comparator.naturalOrder()).orElseThrow();
        boolean acknowledged = isAcknowledged(id, changes, done);
        AlertState state = active ? acknowledged ? AlertState.ACKNOWLEDGED : AlertState.UNACKNOWLEDGED
                : acknowledged ? AlertState.NORMAL : AlertState.RETURNED;
        Act hiding = suppressed.get(first.alarm());
        if (hiding != null && state != AlertState.NORMAL) {
            state = hiding.kind() == Act.Kind.SHELVE ? AlertState.SHELVED : AlertState.OUT_OF_SERVICE;
        }
        return new Alert(id, first.alarm(), first.kind(), severity, state, active, first.location(),
                state == AlertState.SHELVED ? hiding.until() : Act.NEVER, changes, done);
    }

    /** Whether something done about the alarm belongs to the story of this alert: it was shelved or out of service while the alert stood. */
    private static boolean concerns(Act act, AlertChange first, AlertChange last, boolean active) {
        return switch (act.kind()) {
            case ACKNOWLEDGE, COMMENT -> false;
            case SHELVE, UNSHELVE, OUT_OF_SERVICE, IN_SERVICE -> act.at() >= first.told() && (active || act.at() <= last.told());
        };
    }

    private static boolean isAcknowledged(String id, List<AlertChange> changes, List<Act> done) {
        long at = Act.NEVER;
        for (Act act : done) {
            if (act.kind() == Act.Kind.ACKNOWLEDGE && act.alertId().equals(id)) {
                at = act.at();
            }
        }
        if (at == Act.NEVER) {
            return false;
        }
        Severity then = changes.get(0).severity();
        for (AlertChange change : changes) {
            if (change.told() <= at) {
                then = change.severity().compareTo(then) > 0 ? change.severity() : then;
            } else if (change.step() != AlertChange.Step.CLEARED && change.severity().compareTo(then) > 0) {
                return false;
            }
        }
        return true;
    }

    /** What hides an alarm at a time, if anything does. Out of service goes before shelved: it does not end by itself. */
    private static Optional<Act> suppression(List<Act> done, long now) {
        Act shelf = null;
        Act service = null;
        for (Act act : done) {
            switch (act.kind()) {
                case SHELVE -> shelf = act;
                case UNSHELVE -> shelf = null;
                case OUT_OF_SERVICE -> service = act;
                case IN_SERVICE -> service = null;
                case ACKNOWLEDGE, COMMENT -> { }
            }
        }
        if (service != null) {
            return Optional.of(service);
        }
        return Optional.ofNullable(shelf).filter(act -> act.until() > now);
    }
}
