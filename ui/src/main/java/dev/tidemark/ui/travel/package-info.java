/** Time travel: the versions of a table, where on that line the desktop stands, and how it moves. */
package dev.tidemark.ui.travel;
