/** Work away from the FX thread: with progress, with cancel, and such that the newest request wins. */
package dev.tidemark.ui.task;
