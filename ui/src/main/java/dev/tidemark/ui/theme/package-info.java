/** How the desktop looks: the two themes, their colours of meaning, the fonts, and what takes its colours from code. */
package dev.tidemark.ui.theme;
