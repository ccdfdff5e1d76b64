package dev.tidemark.ui.alerts;

/**
 * What can raise an alert again and again: a rule about a measure of a device (ISA-18.2 calls it an alarm). Shelving and taking out of service
 * are about it; acknowledging is about one alert.
 *
 * @param device  "" where the rule is about no device
 * @param measure "" where it is about the device as a whole
 */
public record AlarmKey(String rule, String device, String measure) {

    public AlarmKey {
        rule = rule == null ? "" : rule;
        device = device == null ? "" : device;
        measure = measure == null ? "" : measure;
    }
}
