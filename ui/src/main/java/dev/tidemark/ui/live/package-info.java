/** The live page: what a table holds as series of measures over time, followed commit by commit. */
package dev.tidemark.ui.live;
