/** Two versions of a table beside each other, and where a point came from: what happened on Tuesday night. */
package dev.tidemark.ui.compare;
