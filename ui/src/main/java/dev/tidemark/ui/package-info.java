/** The desktop: start-up, its window, navigation, and the demo. */
package dev.tidemark.ui;
