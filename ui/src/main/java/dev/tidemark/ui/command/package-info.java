/** What an operator can ask the desktop to do, by key, by name or by button: one list for all of these. */
package dev.tidemark.ui.command;
