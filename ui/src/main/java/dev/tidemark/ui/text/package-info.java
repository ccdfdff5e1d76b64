/** What the desktop says: its sentences, and how it writes numbers, times and ages. */
package dev.tidemark.ui.text;
