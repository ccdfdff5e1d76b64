/** What is on screen, as a file. */
package dev.tidemark.ui.export;
