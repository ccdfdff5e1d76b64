/** Rules of alerts: written, tried on what the table holds, and handed to whoever configures the streamer. */
package dev.tidemark.ui.rules;
