/** Alerts: rules and their state machine, a pure function of readings in their order, without a clock and without a thread. */
package dev.tidemark.stream.alert;
