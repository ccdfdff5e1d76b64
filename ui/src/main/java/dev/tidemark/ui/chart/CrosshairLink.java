package dev.tidemark.ui.chart;

import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * What the charts of a page share: the instant under the pointer, and where their plots begin, so that an instant stands at the same place in charts
 * below each other. For the FX thread.
 */
public final class CrosshairLink {

    private final ReadOnlyObjectWrapper<Long> time = new ReadOnlyObjectWrapper<>(this, "time");

    private final ReadOnlyDoubleWrapper valueRoom = new ReadOnlyDoubleWrapper(this, "valueRoom");

    /** The room for value labels left of the plots, in logical pixels: what the chart with the widest ones needs. */
    ReadOnlyDoubleProperty valueRoomProperty() {
        return valueRoom.getReadOnlyProperty();
    }

    /** A chart needs this much room; the others get it too. */
    void widen(double needed) {
        valueRoom.set(Math.max(valueRoom.get(), needed));
    }

    /** Other lines are going to be shown: room is made anew for them. */
    void forgetWidths() {
        valueRoom.set(0);
    }

    /** The instant in µs UTC; null while the pointer is on no chart. */
    public ReadOnlyObjectProperty<Long> timeProperty() {
        return time.getReadOnlyProperty();
    }

    /** The instant in µs UTC; null while the pointer is on no chart. */
    public Long getTime() {
        return time.get();
    }

    /** Puts the crosshair of all charts at an instant, µs UTC; null takes it away. */
    public void setTime(Long micros) {
        time.set(micros);
    }
}
