/** What stands where something is missing: what is the matter, and what to do about it. */
package dev.tidemark.ui.state;
