/** Pictures of the screen as files. */
package dev.tidemark.ui.screenshot;
