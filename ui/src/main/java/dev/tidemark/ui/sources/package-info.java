/** Lakes and their tables: which are open, which were, and in what state each is. */
package dev.tidemark.ui.sources;
