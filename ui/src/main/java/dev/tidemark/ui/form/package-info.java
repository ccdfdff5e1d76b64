/** What dialogs are made of. */
package dev.tidemark.ui.form;
