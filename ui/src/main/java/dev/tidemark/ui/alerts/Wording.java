package dev.tidemark.ui.alerts;

import dev.tidemark.ui.live.MeasureName;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What alerts are called on screen. */
final class Wording {

    private Wording() {
    }

    /** What is wrong, in few words, where the row tells; the device stands elsewhere. */
    static String headline(Alert alert) {
        AlertChange change = alert.worst();
        if (alert.kind().equals("missing_data")) {
            return Messages.text("alerts.headline.silent");
        }
        if (alert.alarm().measure().isEmpty() || Double.isNaN(change.value())) {
            return change.message().isEmpty() ? alert.alarm().rule() : change.sentence();
        }
        MeasureName name = MeasureName.of(alert.alarm().measure());
        if (alert.kind().equals("threshold") && !Double.isNaN(change.limit())) {
            return Messages.text(change.value() >= change.limit() ? "alerts.headline.above" : "alerts.headline.below", name.title(),
                    number(change.limit()) + unit(name));
        }
        return alert.kind().equals("spike") ? Messages.text("alerts.headline.spike", name.title(), number(change.value()) + unit(name)) : change.sentence();
    }

    /** The newest value while it was wrong, with its unit if that is known; "" if there is none. */
    static String value(Alert alert) {
        double value = alert.worst().value();
        return Double.isNaN(value) ? "" : number(value) + unit(MeasureName.of(alert.alarm().measure().isEmpty() ? "value" : alert.alarm().measure()));
    }

    private static String number(double value) {
        return Format.value(value).replaceAll("(\\.\\d*?)0+$", "$1").replaceAll("\\.$", "");
    }

    private static String unit(MeasureName name) {
        return name.unit().isEmpty() ? "" : "\u2009" + name.unit();
    }

    /** A state, with the end of shelving. */
    static String state(Alert alert) {
        return alert.state() == AlertState.SHELVED ? Messages.text("alerts.state.SHELVED.until", Format.minute(Micros.instant(alert.shelvedUntil())))
                : Messages.text("alerts.state." + alert.state());
    }

    /** Beside the words of a state. */
    static Feather icon(AlertState state) {
        return switch (state) {
            case UNACKNOWLEDGED -> Feather.BELL;
            case RETURNED -> Feather.CORNER_DOWN_LEFT;
            case ACKNOWLEDGED -> Feather.CHECK;
            case SHELVED -> Feather.CLOCK;
            case OUT_OF_SERVICE -> Feather.TOOL;
            case NORMAL -> Feather.CHECK_CIRCLE;
        };
    }

    /** What it is about: device and place, or what else is known. */
    static String where(Alert alert) {
        List<String> parts = new ArrayList<>();
        if (!alert.alarm().device().isEmpty()) {
            parts.add(alert.alarm().device());
        }
        if (!alert.location().isEmpty()) {
            parts.add(alert.location());
        }
        return parts.isEmpty() ? alert.alarm().rule() : String.join(", ", parts);
    }

    /** What raised it: the rule, and what it is about. */
    static String alarm(AlarmKey alarm) {
        return alarm.measure().isEmpty() ? alarm.rule() : alarm.rule() + " \u00b7 " + MeasureName.of(alarm.measure()).title();
    }

    /** How long ago it began. */
    static String age(Alert alert, Instant now) {
        return Format.age(Duration.between(Micros.instant(alert.raised()), now));
    }

    /** The same by its largest unit, where there is little room. */
    static String roughAge(Alert alert, Instant now) {
        Duration age = Duration.between(Micros.instant(alert.raised()), now);
        return Format.age(age.compareTo(Duration.ofHours(1)) < 0 ? age : age.truncatedTo(ChronoUnit.HOURS));
    }

    /** The title of a group. */
    static String group(AlertLine.Head head) {
        if (head.by() == AlertLine.Grouping.SEVERITY) {
            return Messages.text("alerts.severity." + head.name());
        }
        return head.name().isEmpty() ? Messages.text("alerts.group.none." + head.by()) : head.name();
    }

    /** The line of a flood. */
    static String flood(AlertLine.Many many) {
        long devices = many.alerts().stream().map(alert -> alert.alarm().device()).distinct().count();
        Duration length = Micros.duration(many.flood().to() - many.flood().from());
        return Messages.text("alerts.flood", Format.whole(many.alerts().size()), Format.whole(devices), Format.age(length));
    }

    /** What an operator did. */
    static String act(Act act) {
        return act.kind() == Act.Kind.SHELVE ? Messages.text("alerts.act.SHELVE.until", Format.minute(Micros.instant(act.until())))
                : Messages.text("alerts.act." + act.kind());
    }

    /** A name of an enum as a style class. */
    static String style(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
