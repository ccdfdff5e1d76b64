/** Alerts: what raised them, what operators did about them, and how often. */
package dev.tidemark.ui.alerts;
