package dev.tidemark.ui.chart;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The instant under the pointer, shared by the charts of a page so that all of them show it. For the FX thread. */
public final class CrosshairLink {

    private final ReadOnlyObjectWrapper<Long> time = new ReadOnlyObjectWrapper<>(this, "time");

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
